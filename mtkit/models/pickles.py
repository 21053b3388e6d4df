"""Turn pytorch_model.bin into safetensors without running what a pickle may hold."""

from __future__ import annotations

import pickle
from pathlib import Path

from mtkit.errors import ModelDownloadError


def pickle_to_safetensors(path: Path) -> Path:
    """Replace a .bin of tensors by a .safetensors of the same tensors, tied ones once.

    Names follow transformers: pytorch_model becomes model for a single file. Raises ModelDownloadError
    for a file that holds anything but tensors.
    """
    import torch
    from safetensors.torch import save_file

    try:
        weights = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, ValueError) as error:
        raise ModelDownloadError(
            f"{path.name} holds something else than tensors or is damaged; it was not loaded.",
            "Use a repository that has model.safetensors.",
        ) from error
    if not isinstance(weights, dict) or not all(
        isinstance(value, torch.Tensor) for value in weights.values()
    ):
        raise ModelDownloadError(
            f"{path.name} is not a table of tensors.", "Use a repository that has model.safetensors."
        )
    once: dict[str, torch.Tensor] = {}
    seen: set[tuple[int, torch.Size]] = set()
    for name in sorted(weights, key=lambda name: ("shared" not in name, name)):
        tensor = weights[name]
        storage = (tensor.data_ptr(), tensor.shape)
        if storage not in seen:
            seen.add(storage)
            once[name] = tensor.contiguous()
    name = "model" if path.stem == "pytorch_model" else path.stem
    target = path.with_name(f"{name}.safetensors")
    temporary = target.with_suffix(".tmp")
    save_file(once, temporary, metadata={"format": "pt"})
    temporary.replace(target)
    path.unlink()
    return target
