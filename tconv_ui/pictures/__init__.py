"""Pictures as arrays: uploads, samples, PNG."""
