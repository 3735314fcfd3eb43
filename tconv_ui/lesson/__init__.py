"""The Lesson."""
