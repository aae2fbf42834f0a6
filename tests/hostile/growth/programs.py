"""Programs that repeat one thing."""

from __future__ import annotations

import random

from tests.hostile.growth.shape import Files, few
from tests.notebook_samples import code, markdown, notebook, stream
from tests.secret_samples import sample


@few(400)
def suppressions_on_one_line(n: int) -> Files:
    comment = "  # agentlint: ignore[retired-model] because"
    return {"a.py": f"import openai\n\nopenai.OpenAI(){comment * n}\n"}


@few(400)
def helpers_and_their_calls(n: int) -> Files:
    call = "    OpenAI().responses.create(model=m, input=[])\n"
    start = "from openai import OpenAI\n\ndef ask(m):\n"
    return {
        "app.py": start + call * n + "\ntry:\n" + "    ask('a')\n" * n + "finally:\n    ask()\n"
    }


@few(900)
def names_that_are_bound_again(n: int) -> Files:
    start = "from openai import OpenAI\n\ndef ask(m=None):\n"
    return {"app.py": start + "    m = m or 'a'\n    OpenAI().responses.create(model=m)\n" * n}


@few(900)
def parameters_of_one_name(n: int) -> Files:
    helper = "def ask(m='a'):\n    OpenAI().responses.create(model=m)\n"
    return {"app.py": "from openai import OpenAI\n" + helper * n}


@few(400)
def clients_of_one_name(n: int) -> Files:
    bound = "client = OpenAI()\nclient.responses.create(model='gpt-5.4')\n"
    loops = "for x in y:\n    client.responses.create(model='gpt-5.4')\n"
    return {"app.py": "from openai import OpenAI\n" + bound * n + loops * n}


@few(400)
def branches_after_two_clients(n: int) -> Files:
    start = "from openai import OpenAI\nc = OpenAI()\nc = OpenAI()\nif x: pass\n"
    branches = "".join(
        f"elif x == {i}:\n    for y in z: c.responses.create(model='gpt-5.4')\n" for i in range(n)
    )
    return {"app.py": start + branches + "c.responses.create(model='gpt-5.4')\n" * n}


@few(300)
def functions_that_give_back_one_another(n: int) -> Files:
    chain = "".join(f"def f{i}():\n    return f{i + 1}()\n" for i in range(n))
    many = "def g():\n" + "    return OpenAI()\n" * n + "def h():\n" + "    return g()\n" * n
    calls = "h().responses.create(model='gpt-5.4')\nf0().responses.create(model='a')\n" * n
    return {"app.py": f"from openai import OpenAI\n{chain}{many}{calls}"}


@few(250)
def dictionaries_of_one_name(n: int) -> Files:
    held = "k = {'model': 'gpt-5.4'}\nk['tools'] = k.update(a=1)\nOpenAI().responses.create(**k, **k)\n"
    wide = f"w = dict({', '.join(f'a{i}=w' for i in range(n))})\n"
    uses = "OpenAI().responses.create(**w)\nOpenAI().responses.create(model=k['model'])\n"
    return {"app.py": "from openai import OpenAI\n" + held * n + wide + uses * n}


@few(1_000)
def keys_of_one_dictionary(n: int) -> Files:
    keys = "".join(f"k['a{i}'] = k.get('b{i}')\n" for i in range(n))
    calls = "OpenAI(**k).responses.create(**k)\n" * n
    return {"app.py": f"from openai import OpenAI\nk = {{'model': 'a'}}\n{keys}{calls}"}


@few(400)
def conditions_in_one_another(n: int) -> Files:
    chain = "".join(f"m{i} = c.get('m', m{i + 1}) if x else (m{i + 1} or 'a')\n" for i in range(n))
    calls = "OpenAI().responses.create(model=m0 if x else 'a' if y else c.get('m', 'b'))\n" * n
    return {"app.py": f"from openai import OpenAI\n{chain}{calls}"}


@few(400)
def functions_passed_on(n: int) -> Files:
    start = "import asyncio, functools\nfrom openai import OpenAI\n"
    call = "asyncio.to_thread(OpenAI().responses.create, model='gpt-5.4')\n"
    return {"app.py": start + call * n + "functools.partial(" * 20 + "f, a" + ")" * 20}


@few(4_000)
def names_that_share_one_choice(n: int) -> Files:
    choice = " or ".join(["x"] * n)
    call = "OpenAI().responses.create(model=a)\n"
    return {"a.py": f"from openai import OpenAI\n\n{'a = ' * n}{choice}\n{call}"}


@few(400)
def credentials_of_one_choice(n: int) -> Files:
    choice = " or ".join(["'x'"] * n)
    calls = "OpenAI(api_key=k)\n" * n
    return {"app.py": f"from openai import OpenAI\nk = {choice}\n{calls}"}


@few(1_500)
def assertions_on_one_long_value(n: int) -> Files:
    start = "from openai import OpenAI\ndef test():\n    r = OpenAI().responses.create(model='a')\n"
    value = f"    x = f('{'total_token ' * n}')\n"
    return {"tests/smoke_test.py": start + value + "    assert x == 1\n" * n}


@few(1_000)
def parameters_of_one_helper(n: int) -> Files:
    parameters = ", ".join(f"p{i}" for i in range(n))
    calls = f"    OpenAI().responses.create(model=p{n - 1})\n" * n
    tried = "try:\n" + "    ask()\n" * 20 + "except Exception: pass\n"
    return {"app.py": f"from openai import OpenAI\ndef ask({parameters}):\n{calls}{tried}"}


@few(800)
def attempts_in_one_try(n: int) -> Files:
    first = "    c.responses.create(model='a')\n" * n
    second = "    c.chat.completions.create(model='b')\n" * n
    start = "from openai import OpenAI\nc = OpenAI()\n"
    return {"app.py": f"{start}try:\n{first}except Exception:\n{second}"}


@few(250)
def functions_that_are_given_their_model(n: int) -> Files:
    start = "from openai import OpenAI\ndef ask(m, c=None):\n"
    calls = (
        "    (c or OpenAI()).responses.create(model=m)\n    OpenAI().responses.create(model=m)\n"
        * n
    )
    given = "".join(f"ask('gpt-{i}')\nask(m={i} or 'a')\n" for i in range(n))
    return {"app.py": start + calls + given}


@few(250)
def functions_that_choose_their_call_by_what_they_are_given(n: int) -> Files:
    start = "from openai import OpenAI\ndef ask(h, m):\n"
    asked = "".join(
        f"    if h == 'a{i}' or not h and m != 'b':\n        return OpenAI().responses.create(model=m)\n"
        for i in range(n)
    )
    given = "".join(f"ask('a{i}', 'gpt-{i}')\nask(h, m='gpt-{i}')\n" for i in range(n))
    return {"app.py": start + asked + given}


@few(250)
def functions_that_pass_their_model_on(n: int) -> Files:
    start = "from openai import OpenAI\ndef f0(m):\n    OpenAI().responses.create(model=m)\n"
    chain = "".join(f"def f{i}(m):\n    f{i - 1}(m)\n    f{i}(m)\n" for i in range(1, n))
    wide = "".join(f"def g{i}(m):\n    f0(m)\n" for i in range(n)) + "f0(f0)\n" * n
    calls = "def h(m):\n" + "    OpenAI().responses.create(model=m)\n" * n + "    h(m)\n" * 18
    return {"app.py": f"{start}{chain}{wide}{calls}"}


@few(250)
def objects_that_are_given_their_model(n: int) -> Files:
    class_ = (
        "class A:\n    def __init__(self, m, c):\n        self.d = c\n        self.n = m or 'a'\n"
    )
    calls = "    def ask(self, m):\n" + "        self.d.responses.create(model=self.n or m)\n" * n
    made = "A('gpt-5.4', OpenAI())\nA(k, k).ask('gpt-5.4')\nk = A(m=k, c=k)\n" * n
    return {"app.py": f"from openai import OpenAI\n{class_}{calls}{made}"}


@few(250)
def options_of_one_name(n: int) -> Files:
    added = "p.add_argument('--model', default='gpt-5.4')\n" * n
    others = "".join(f"p.add_argument('--m{i}', default=a.m{i + 1})\n" for i in range(n))
    parsed = "".join(f"def g{i}():\n    return g{i + 1}()\n" for i in range(n))
    calls = "OpenAI().responses.create(model=a.model)\nOpenAI().responses.create(model=a.m0)\n" * n
    start = "from openai import OpenAI\na = p.parse_args()\nb = g0()\n"
    return {
        "app.py": f"{start}{added}{others}{parsed}{calls}OpenAI().responses.create(model=b.m1)\n"
    }


@few(250)
def options_of_one_function(n: int) -> Files:
    options = "".join(f"@click.option('--m{i}', default='gpt-5.4')\n" for i in range(n))
    parameters = ", ".join(f"m{i}" for i in range(n))
    calls = "    OpenAI().responses.create(model=m1)\n" * n
    start = "import click\nfrom openai import OpenAI\n"
    return {"app.py": f"{start}{options}def ask({parameters}):\n{calls}"}


@few(250)
def models_of_one_list(n: int) -> Files:
    models = f"A = [{', '.join(['B'] * 24)}]\nB = A[0] or A[1]\nC = {{'a': A[x], 'b': A[y]}}\n"
    wide = f"D = [{', '.join(['A'] * n)}]\n"
    loop = "for m in A:\n    OpenAI().responses.create(model=m)\n"
    calls = (
        "OpenAI().responses.create(model=C.get(k, A[0]))\nOpenAI().responses.create(model=D[k])\n"
    )
    return {"app.py": f"from openai import OpenAI\n{models}{wide}{(loop + calls) * n}"}


@few(70)
def conditions_that_ask_of_much(n: int) -> Files:
    asked = " and ".join(["x.y.z"] * n)
    nested = "(a if " * 60 + "b" + " else c)" * 60 + "\n"
    return {
        "app.py": f"from openai import OpenAI\nm = 'a' if {asked} else b\n{nested * n}"
        + "OpenAI().responses.create(model=m)\n" * n
    }


@few(250)
def requests_with_one_body(n: int) -> Files:
    wide = f"w = dict({', '.join(f'a{i}=w' for i in range(n))}, model='gpt-5.4')\n"
    start = "import requests\nu = 'https://api.openai.com/v1/chat/completions'\nb = {'model': 'gpt-5.4'}\n"
    sent = (
        "requests.post(u, json=b)\nb['x'] = requests.post(u, json=w)\nrequests.post(b, u, json=w)\n"
    )
    return {"app.py": start + wide + sent * n}


@few(150)
def cells_with_magics_and_faults(n: int) -> Files:
    call = "client.responses.create(model='gpt-5.4')  # agentlint: ignore[retired-model] x\n"
    cells = (f"%time x\n!ls \\\n a\n{call}", f"%%time\n{call}", "def broken(:\n", "%%bash\nls\n")
    start = "from openai import OpenAI\nclient = OpenAI()\n"
    return {"app.ipynb": notebook(start, *(cells * n))}


@few(400)
def texts_and_outputs_of_cells(n: int) -> Files:
    picture = '![](data:image/png;base64,iVBORw0KGgo=) \\u00e9 "x"\n'
    cells = (markdown(picture * 4), code("x", stream("gsk_a\n" * 9), {"data": {"a": [[]] * 9}}))
    start = "from openai import OpenAI\nOpenAI().responses.create(model='gpt-5.4')\n"
    return {"app.ipynb": notebook(start, *(cells * n))}


@few(300)
def printed_tokens(n: int) -> Files:
    rng = random.Random(9)
    printed = "".join(f"{sample('groq-api-key', rng)}\n" for _ in range(n))
    start = "from openai import OpenAI\nOpenAI().responses.create(model='gpt-5.4')\n"
    return {"app.ipynb": notebook(start, code("x", stream(printed)))}


@few(300)
def agents_that_share_settings_which_a_function_gives_back_in_many_ways(count: int) -> Files:
    settings = "    return {'config_list': [{'model': 'gpt-5.4'}]}\n"
    made = "AssistantAgent('a', llm_config=settings())\n"
    head = "from autogen import AssistantAgent\ndef settings():\n"
    return {"app.py": head + settings * count + made * count}
