"""Pictures of a layer by address: what a figure asks for while a control moves."""
