"""A language model made in a moment: random weights, a tokenizer trained on a few lines. It knows nothing at all."""

from __future__ import annotations

import logging
from pathlib import Path

TEXTS = (
    "why was I declined?",
    '{"filters": [], "operations": [{"op": "why", "args": {"feature": null}}]}',
    "0123456789",
)


def tiny_model(folder: Path, seed: int = 0, chat: str | None = None) -> Path:
    """A folder such as `save_pretrained` leaves."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    logging.getLogger("transformers").setLevel(logging.ERROR)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=320, special_tokens=["<end>"], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>")
    fast.chat_template = chat
    fast.save_pretrained(folder)
    torch.manual_seed(seed)
    shape = LlamaConfig(
        vocab_size=384, hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=16_384, eos_token_id=0, bos_token_id=0,
    )  # fmt: skip
    LlamaForCausalLM(shape).save_pretrained(folder)
    return folder
