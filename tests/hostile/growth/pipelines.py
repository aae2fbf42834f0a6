"""Workflows and pipelines that repeat one thing."""

from __future__ import annotations

from tests.hostile.growth.shape import Files, few


@few(250)
def suppressions_above_and_in_one_script(n: int) -> Files:
    """Each above is meant for every line of the script."""
    comment = "# agentlint: ignore[hardcoded-model-id] because\n"
    steps = (f"{' ' * 10}codex exec -m gpt-5.{i} x  {comment}" for i in range(n))
    above = f"      {comment}" * n
    script = f"{above}      - run: |\n{''.join(steps)}"
    head = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    return {".github/workflows/a.yml": head + script}


@few(120)
def workflows_in_one_folder(n: int) -> Files:
    job = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - run: claude -p x\n"
    return {f".github/workflows/w{i}.yml": job for i in range(n)}


@few(250)
def agents_behind_a_gateway(n: int) -> Files:
    step = "    - uses: anthropics/claude-code-action@v1\n      env: {OPENAI_BASE_URL: https://a}\n"
    start = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    return {".github/workflows/w.yml": start + step * n}


@few(150)
def variables_around_many_jobs(n: int) -> Files:
    around = "".join(f"  A{i}_BASE_URL: https://x{i}.example\n" for i in range(n))
    jobs = "".join(f"  j{i}:\n    env: {{LLM_MODEL: gpt-4}}\n" for i in range(n))
    return {".github/workflows/w.yml": f"on: push\nenv:\n{around}jobs:\n{jobs}"}


@few(400)
def jobs_that_extend_one_another(n: int) -> Files:
    script = "  script: claude -p x --model gpt-4\n"
    chain = "".join(f".j{i}:\n  extends: .j{i + 1}\n{script}" for i in range(n))
    tagged = "".join(f".k{i}: {{tags: [a]}}\n" for i in range(n))
    every = ", ".join(f".k{i}" for i in range(n))
    wide = "".join(f"j{i}:\n  extends: .all\n{script}" for i in range(n))
    return {
        ".gitlab-ci.yml": f"{tagged}.all:\n  extends: [{every}]\n{wide}",
        "chain.gitlab-ci.yml": chain,
    }


@few(250)
def agents_in_jobs_of_their_own(n: int) -> Files:
    job = (
        "  j{}:\n    steps:\n    - uses: anthropics/claude-code-action@v1\n"
        "      with:\n        model: claude-2.1\n        anthropic_api_key: {{env:KEY}}\n"
    )
    jobs = "".join(job.format(i) for i in range(n))
    return {".github/workflows/w.yml": f"on: push\njobs:\n{jobs}"}


@few(384)
def keys_in_one_block_of_a_pipeline(n: int) -> Files:
    keys = "".join(f"  OPENAI_A{i}_API_KEY: ${{{{ secrets.A }}}}\n" for i in range(n))
    return {".gitlab-ci.yml": f"variables:\n{keys}"}


@few(1_024)
def jobs_that_share_what_they_inherit(n: int) -> Files:
    jobs = "".join(f"j{i}: {{extends: .b}}\n" for i in range(n))
    inherit = f"{{default: [{', '.join(['x'] * n)}]}}"
    return {".gitlab-ci.yml": f".b:\n  inherit: {inherit}\n{jobs}"}


@few(5_500)
def comments_and_flags_of_one_agent(n: int) -> Files:
    start = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
    step = "    - uses: anthropics/claude-code-action@v1\n      with:\n        claude_args: "
    comments, flags = r"# x\n" * n, "--a b " * n
    return {".github/workflows/w.yml": f'{start}{step}"{comments}{flags}"\n'}


@few(600)
def steps_in_one_environment(n: int) -> Files:
    variables = ", ".join(f"A{i}_API_KEY: x" for i in range(n))
    steps = "    - {uses: sst/opencode/github@v1, with: {model: a/b}}\n" * n
    jobs = f"jobs:\n  a:\n    runs-on: x\n    steps:\n{steps}"
    return {".github/workflows/w.yml": f"on: push\nenv: {{{variables}}}\n{jobs}"}


@few(1_536)
def commands_in_one_environment(n: int) -> Files:
    variables = ", ".join(f"A{i}: x" for i in range(n))
    script = "        claude -p --model gpt-4\n" * n
    jobs = f"jobs:\n  a:\n    runs-on: x\n    steps:\n    - run: |\n{script}"
    return {".github/workflows/w.yml": f"on: push\nenv: {{{variables}}}\n{jobs}"}


@few(165)
def paths_of_a_workflow_and_tables(n: int) -> Files:
    paths = "    - '*u*x'\n" * 25 * n
    job = "jobs:\n  a:\n    runs-on: x\n    steps:\n    - name: gateway smoke\n      run: curl x\n"
    table = '{"routes": {"a": {"model": "m", "endpoint_family": "responses"}}}'
    return {".github/workflows/w.yml": f"on:\n  pull_request:\n    paths:\n{paths}{job}"} | {
        f"d{i}/routes.json": table for i in range(n)
    }


@few(600)
def agents_of_one_job_and_its_permissions(n: int) -> Files:
    scopes = "  packages: write\n" * 20
    steps = "    - uses: anthropics/claude-code-action@v1\n" * n
    start = f"on: push\npermissions:\n{scopes}jobs:\n  a:\n    runs-on: x\n"
    return {".github/workflows/w.yml": f"{start}    steps:\n{steps}"}


@few(150)
def passwords_of_services(n: int) -> Files:
    head = "on: push\njobs:\n  a:\n    runs-on: x\n    services:\n      db:\n        env:\n"
    rows = (f"          P{i}_PASSWORD: hunter{i}Hunter77xyzQ # x\n" for i in range(n))
    steps = (f"          export P{i}_PASSWORD=ci-hunter{i}Hunter77xyzQ\n" for i in range(n))
    script = f"    steps:\n      - run: |\n{''.join(steps)}"
    return {".github/workflows/a.yml": f"{head}{''.join(rows)}{script}"}
