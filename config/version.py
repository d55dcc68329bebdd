"""The product's version, shown in the footer, on the command line, by /ready and in files.

A figure is traced to the snapshot it was counted from and to the version that counted it.
"""

VERSION = "0.2.0"
