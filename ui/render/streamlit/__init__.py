"""What draws on the screen with Streamlit."""
