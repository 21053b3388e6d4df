"""Score with COMET inside an environment of its own; run by mtkit.scoring.comet, never imported by it.

Run isolated (python -I): this folder has a comet.py of its own. Reads one JSON object a line from standard
input: src, mt and, for metrics with a reference, ref. Writes one JSON object a line to standard output:
first {"comet": VERSION}, then {"score": NUMBER} for each input in order; or {"error": KIND, "message": TEXT}
with KIND "missing", "licence" or "failed".
"""

import json
import os
import sys

BATCH_SIZE = 16


def main() -> int:
    model_name = sys.argv[1]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the libraries print must not get between the answers
    segments = [json.loads(line) for line in sys.stdin.buffer]

    def answer(**fields: object) -> None:
        answers.write(json.dumps(fields) + "\n")
        answers.flush()

    try:
        from importlib.metadata import version

        import torch
        from comet import download_model, load_from_checkpoint
    except ImportError as error:
        answer(error="missing", message=str(error))
        return 1
    try:
        model = load_from_checkpoint(download_model(model_name))
        scores = model.predict(segments, batch_size=BATCH_SIZE, gpus=int(torch.cuda.is_available())).scores
    except Exception as error:
        reason = first_cause(error)
        gated = any(word in str(reason).lower() for word in ("gated", "restricted", "401", "403"))
        answer(error="licence" if gated else "failed", message=f"{type(reason).__name__}: {reason}")
        return 1
    answer(comet=version("unbabel-comet"))
    for score in scores:
        answer(score=float(score))
    return 0


def first_cause(error: BaseException) -> BaseException:
    """What an exception came from: COMET says of every model it cannot fetch that it is not supported."""
    while (before := error.__cause__ or error.__context__) is not None:
        error = before
    return error


if __name__ == "__main__":
    sys.exit(main())
