"""What a visitor's run knows: filters, address bar, session, page context."""
