"""What surrounds every page: navigation, header, links, previews, errors."""
