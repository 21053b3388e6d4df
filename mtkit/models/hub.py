"""Fetch model repositories: only the needed files, a pinned revision, no code."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mtkit.errors import ModelDownloadError
from mtkit.models.card import CARD_NAME, Pair, read_json, write_card
from mtkit.models.known import architecture_of, describe
from mtkit.models.layout import (
    PICKLE,
    SAFETENSORS,
    TOKENIZER_FILES,
    file_hash,
    missing_files,
    shard_names,
    store_error,
)
from mtkit.models.pickles import pickle_to_safetensors
from mtkit.models.store import FETCH_RECORD, InstalledModel, fetched_root, open_folder

PLAIN_FILES = frozenset({"config.json", "generation_config.json", "tokenizer_config.json", CARD_NAME}).union(
    *TOKENIZER_FILES.values()
)
WEIGHTS_IN_ORDER = (SAFETENSORS, f"{SAFETENSORS}.index.json", PICKLE, f"{PICKLE}.index.json")
OFFLINE_HINT = (
    "Check the network and HTTPS_PROXY, point HF_ENDPOINT at a mirror, "
    "or copy the repository here by other means and pass its folder as --model."
)


def fetch(repository: str, revision: str | None = None, pairs: tuple[Pair, ...] = ()) -> InstalledModel:
    """Download a model repository into the cache, or update it to `revision` (its main branch by default).

    A connection that breaks is taken up where it broke, files of an interrupted fetch are not fetched
    again. Progress goes to stderr. `pairs` are the language pairs of a
    model that does not tell them itself. Raises ModelDownloadError, StoreError, ModelLoadError.
    """
    folder = fetched_root() / repository.replace("/", "--")
    with _download_errors(repository), _lock(folder):
        resolved, remote = _list_files(repository, revision)
        record = folder / FETCH_RECORD
        if not record.is_file() or read_json(record).get("revision") != resolved:
            partial = folder.with_name(f"{folder.name}.partial")
            _require_space(partial, remote)
            files = _download(repository, resolved, remote, partial)
            _finish(partial, repository, resolved, files, pairs)
            _replace(partial, folder)
    return open_folder(folder, repository.rpartition("/")[2], pairs)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository: bytes, and its SHA-256 where the hub tells it (large files)."""

    size: int
    sha256: str | None


def _list_files(repository: str, revision: str | None) -> tuple[str, dict[str, RemoteFile]]:
    """The revision as a commit, and all files."""
    from huggingface_hub import HfApi

    info = HfApi(endpoint=_endpoint()).model_info(repository, revision=revision, files_metadata=True)
    if info.sha is None:
        raise ModelDownloadError(f"{repository}: the hub does not tell its revision.", OFFLINE_HINT)
    return info.sha, {
        sibling.rfilename: RemoteFile(sibling.size or 0, sibling.lfs.sha256 if sibling.lfs else None)
        for sibling in info.siblings or ()
    }


def _download(repository: str, revision: str, remote: dict[str, RemoteFile], partial: Path) -> list[str]:
    """Download card, configuration, tokenizer and weights; their names."""
    from huggingface_hub import hf_hub_download

    def download(name: str) -> str:
        hf_hub_download(repository, name, revision=revision, local_dir=partial, endpoint=_endpoint())
        expected = remote[name].sha256 if name in remote else None
        if expected and file_hash(partial / name) != expected:
            (partial / name).unlink()
            raise ModelDownloadError(f"{repository}: {name} arrived damaged.", "Run the same command again.")
        return name

    weights = next((name for name in WEIGHTS_IN_ORDER if name in remote), None)
    if weights is None or "config.json" not in remote:
        missing = "config.json" if weights else f"{SAFETENSORS} or {PICKLE}"
        raise ModelDownloadError(
            f"{repository} has no {missing}.", "Name a repository of a transformers model."
        )
    files = [download(name) for name in sorted(PLAIN_FILES & remote.keys())]
    if absent := [n for n in missing_files(partial, architecture_of(partial)) if n != SAFETENSORS]:
        raise ModelDownloadError(f"{repository} lacks {', '.join(absent)}.", "mtkit cannot run this model.")
    files.append(download(weights))
    if weights.endswith(".index.json"):
        files += [download(name) for name in shard_names(partial / weights)]
    return files


def _finish(partial: Path, repository: str, revision: str, files: list[str], pairs: tuple[Pair, ...]) -> None:
    """Make a complete model folder of the downloaded files: safetensors, card, record."""
    hashes = {name: file_hash(partial / name) for name in files}
    for name in files:
        if name.endswith(".bin"):
            pickle_to_safetensors(partial / name)
    index = partial / f"{PICKLE}.index.json"
    if index.is_file():
        text = index.read_text(encoding="utf-8").replace(".bin", ".safetensors")
        (partial / f"{SAFETENSORS}.index.json").write_text(text, encoding="utf-8")
        index.unlink()
    if not (partial / CARD_NAME).is_file():
        name = repository.rpartition("/")[2]
        write_card(describe(partial, name, pairs, source=repository), partial)
    record = {
        "repository": repository,
        "revision": revision,
        "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": hashes,
    }
    (partial / FETCH_RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _replace(partial: Path, folder: Path) -> None:
    shutil.rmtree(partial / ".cache", ignore_errors=True)
    if folder.exists():
        old = folder.with_name(f"{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        os.rename(folder, old)
        os.rename(partial, folder)
        shutil.rmtree(old, ignore_errors=True)
    else:
        os.rename(partial, folder)


def _require_space(partial: Path, remote: dict[str, RemoteFile]) -> None:
    """Refuse to begin what cannot fit; a pickle needs its own size again while it is rewritten."""
    weights = next((name for name in WEIGHTS_IN_ORDER if name in remote), PICKLE)
    present = sum(path.stat().st_size for path in partial.rglob("*") if path.is_file())
    needed = (remote[weights].size if weights in remote else 0) * (2 if weights == PICKLE else 1) - present
    free = shutil.disk_usage(partial.parent).free
    if needed > free:
        raise store_error(partial, OSError(errno.ENOSPC, f"{needed >> 20} MiB needed, {free >> 20} MiB free"))


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Let one process at a time fetch into a folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _endpoint() -> str | None:
    """HF_ENDPOINT as it is now; huggingface_hub itself reads it only at import."""
    return os.environ.get("HF_ENDPOINT") or None


@contextmanager
def _download_errors(repository: str) -> Iterator[None]:
    """Turn what huggingface_hub, its HTTP client and the file system raise into one sentence."""
    from huggingface_hub import errors as hub

    def failure(what: str, hint: str) -> ModelDownloadError:
        return ModelDownloadError(f"{repository}: {what}.", hint)

    try:
        yield
    except hub.HFValidationError as error:
        raise failure("not a repository id", "Write it as OWNER/NAME.") from error
    except hub.GatedRepoError as error:
        hint = "Ask for access on its page, then set HF_TOKEN to a token of yours."
        raise failure("access to this repository is restricted", hint) from error
    except hub.RevisionNotFoundError as error:
        raise failure("no such revision", "Name a branch, a tag or a commit of it.") from error
    except hub.RepositoryNotFoundError as error:
        hint = "Check the spelling; for a private repository set HF_TOKEN."
        raise failure("no such repository on the hub", hint) from error
    except hub.OfflineModeIsEnabled as error:
        raise failure("HF_HUB_OFFLINE forbids downloads", "Unset it, or use a local folder.") from error
    except hub.LocalEntryNotFoundError as error:
        raise failure("the hub cannot be reached", OFFLINE_HINT) from error
    except hub.HfHubHTTPError as error:
        status = error.response.status_code if error.response is not None else "?"
        hint = (
            "Set HF_TOKEN to a valid token." if status in (401, 403) else f"Try again later. {OFFLINE_HINT}"
        )
        raise failure(f"the hub answered with HTTP status {status}", hint) from error
    except (
        hub.HTTPError,  # type: ignore[attr-defined]
        hub.FileMetadataError,
        ConnectionError,
        TimeoutError,
    ) as error:
        raise failure("the hub cannot be reached", OFFLINE_HINT) from error
    except OSError as error:
        if error.errno is None:
            hint = f"Run the same command again: it resumes. {OFFLINE_HINT}"
            raise failure("the download broke off", hint) from error
        raise store_error(fetched_root(), error) from error
