"""The lines of PyTorch, Keras and ONNX that the app prints."""
