"""Any server that speaks as OpenAI's chat completions do: Qwen on DashScope, Ollama, vLLM, llama.cpp."""
