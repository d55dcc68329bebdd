"""Areas of Thailand: registers, names, boundaries, map layers. No database, no Streamlit."""
