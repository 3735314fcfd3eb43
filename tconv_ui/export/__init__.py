"""What a player shows, as files and as code."""
