"""The commands of ``planqa``, a module each. What is heavy (torch, faiss, gradio) is imported inside them."""
