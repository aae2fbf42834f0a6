"""Another real editor: Emacs without a screen, with Eglot, shows the finding and finds the route."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
(require 'eglot)
(require 'json)
(define-derived-mode agents-mode text-mode "agents")
(add-to-list 'eglot-server-programs '(agents-mode . ({COMMAND})))
(defun await (ready)
  (with-timeout (30 nil)
    (while (not (funcall ready)) (accept-process-output nil 0.1))))
(find-file {FILE})
(agents-mode)
(apply #'eglot--connect (eglot--guess-contact))
(await (lambda () (eglot-managed-p)))
(flymake-start)
(await (lambda () (flymake-diagnostics)))
(let* ((found (car (flymake-diagnostics)))
       (place (cons (flymake-diagnostic-beg found) (flymake-diagnostic-end found)))
       (shown (buffer-substring-no-properties (car place) (cdr place))))
  (goto-char (point-min))
  (search-forward "`wri")
  (let* ((route (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
         (target (xref-item-location route)))
    (write-region
     (json-encode `((text . ,(flymake-diagnostic-text found)) (place . ,shown)
                    (target . ,(xref-location-group target))
                    (line . ,(xref-location-line target))))
     nil {OUT})))
(kill-emacs 0)
"""


def has_eglot() -> bool:
    emacs = shutil.which("emacs")
    if emacs is None:
        return False
    asked = [emacs, "--batch", "--eval", "(require 'eglot)"]
    return subprocess.run(asked, capture_output=True, check=False, timeout=60).returncode == 0


def test_emacs_shows_a_finding_and_goes_to_a_route(repository: Path, tmp_path: Path) -> None:
    if not has_eglot():
        pytest.skip("needs Emacs with Eglot: apt-get install emacs-nox elpa-eglot")
    script, out = tmp_path / "session.el", tmp_path / "out.json"
    command = " ".join(map(json.dumps, [sys.executable, "-m", "agentlint", "server"]))
    text = SCRIPT.replace("{COMMAND}", command).replace("{OUT}", json.dumps(str(out)))
    script.write_text(text.replace("{FILE}", json.dumps(str(repository / "AGENTS.md"))))
    result = subprocess.run(
        ["emacs", "--batch", "-l", str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    assert out.exists(), result.stdout + result.stderr
    report = json.loads(out.read_text(encoding="utf-8"))
    assert "hardcoded-model-id" in report["text"]
    assert report["place"] == "gpt-5.4"
    assert report["target"].endswith("gateway-routes.yaml")
    assert report["line"] == 2
