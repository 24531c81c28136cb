"""`make run`: everything up, in the right order, until somebody says stop."""

import asyncio
import json
import sys
import time
import urllib.error
import urllib.request

from community.running import plan as plans
from community.running import servers, steps
from community.running.children import Child, Voice
from community.running.folder import ROOT, Lock
from community.running.plan import Plan
from community.running.supervising import Supervisor, supervise
from community.running.trouble import Trouble

STOP_ORDER = (("web", "worker", "beat"), *servers.STOP_LAST)
ROOT_WORRIES = "ignore:You're running the worker with superuser privileges"
DATABASE_CONNECTIONS = "16"  # shared by the threads of the web process


def site_lock(folder) -> Lock:
    """Held by the one `run` of a data folder."""
    return Lock(folder / "run/site.lock")


def serve(env) -> None:
    plan = plans.read(env)
    plan.folder.open()
    lock = site_lock(plan.folder)
    if not lock.take():
        where = plan.folder.note("run/site").get("site_url", "its address is on its terminal")
        raise Trouble(
            f"Homeground is already running on the data in {plan.folder.path} ({where}). "
            "Stop it there with Ctrl-C, or start a second one with its own data: "
            f"VAR_DIR=var2 PORT={plan.port + 1} make run"
        )
    plans.check_port(plan)
    plan.folder.keep_note("run/site", site_url=plan.site_url)
    owner = servers.owner_lock(plan.folder)
    owned = owner.take()
    try:
        supervise(lambda supervisor: _work(supervisor, plan, owned), voice=Voice(), order=STOP_ORDER)
    finally:
        if owned:
            servers.untell(plan.folder)
        owner.drop()
        lock.drop()


async def _work(supervisor: Supervisor, plan: Plan, owned: bool) -> None:
    started = time.monotonic()
    voice = supervisor.voice
    urls: dict[str, str] = {}
    if plan.embedded and owned:
        voice.say("Starting PostgreSQL and Valkey …")
        urls = await servers.start(supervisor, plan.folder, durable=True, wanted=plan.embedded)
        servers.tell(plan.folder, urls)
    elif plan.embedded:
        voice.say("Another command has PostgreSQL and Valkey of this folder up; sharing them.")
        urls, _ = await asyncio.to_thread(servers.use, plan.folder, env=plan.env)
    env = plans.environment(plan, urls)
    doer = steps.Doer(supervisor, plan.folder, env)
    await steps.together(doer.do(*steps.preparations(plan)), doer.do(steps.migration(plan)))
    if plan.demo:
        await _demo(doer, plan)
    web, *others = processes(plan, env)
    voice.say("Starting the site …")
    await supervisor.keep(web)
    await supervisor.ready(web, within=180)
    await asyncio.to_thread(_draw_first_page, plan)
    # The others import as much as the web process does; the first page should not wait for them.
    for child in others:
        await supervisor.keep(child)
    announce(plan, voice, seconds=time.monotonic() - started)
    await supervisor.stopping.wait()
    supervisor.check()


async def _demo(doer: steps.Doer, plan: Plan) -> None:
    if await doer.do(steps.demonstration(plan)) or not plan.folder.note("demo"):
        # Asking takes as long as starting the site does, so the answer is kept.
        try:
            plan.folder.keep_note("demo", **json.loads(await doer.output([*steps.MANAGE, "demo", "--show"])))
        except ValueError as error:
            raise Trouble("`manage.py demo --show` did not answer in JSON. Start again with DEMO=off.") from error


def processes(plan: Plan, env: dict[str, str]) -> list[Child]:
    python = sys.executable
    celery = [python, "-m", "celery", "--quiet", "-A", "community.celery"]
    web = [python, "-m", "community.web", "--host", plan.host, "--port", str(plan.port)]
    web += ["--no-server-header", "--no-proxy-headers", "--no-access-log", "--ws-max-size", "65536"]
    # Frames go out as they are, encoded once for everyone: a dictionary for each socket would only be carried about.
    web += ["--ws-per-message-deflate", "false"]
    web += ["--timeout-graceful-shutdown", "10", "--lifespan", "on"]
    worker = [*celery, "worker", "--loglevel", "WARNING", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", "", "--schedule", str(plan.folder / "beat-schedule")]
    return [
        Child("web", web, env={**env, "DATABASE_POOL": DATABASE_CONNECTIONS}, folder=ROOT, is_ready=_answers(plan)),
        # Root is no danger here: the queue carries JSON, and only this machine reaches it.
        Child("worker", worker, env={"PYTHONWARNINGS": ROOT_WORRIES, **env}, folder=ROOT, patience=25),
        Child("beat", beat, env=env, folder=ROOT),
    ]


def _knock(plan: Plan, path: str, *, patience: float) -> int:
    """The status of one of our own pages, asked for under the site's own name; 0 when there is no answer."""
    host = plan.site_url.split("://")[-1]
    request = urllib.request.Request(plan.knock_url + path, headers={"Host": host})  # noqa: S310 (our own)
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def _answers(plan: Plan):
    """Whether database, Valkey and migrations are well in the web process's eyes."""
    return lambda: _knock(plan, "/readyz", patience=5) == 200


def _draw_first_page(plan: Plan) -> None:
    """The first page ever makes pictures in all sizes; better now than under somebody's eyes."""
    _knock(plan, "/", patience=60)


def announce(plan: Plan, voice: Voice, *, seconds: float) -> None:
    facts = plan.folder.note("demo") if plan.demo else {}
    lines = ["", f"Homeground is up after {seconds:.1f} s.", ""]
    lines += [f"  Site     {plan.site_url}/", f"  Desk     {plan.site_url}/desk/"]
    lines += [f"  Try      {plan.site_url}{path}" for path in facts.get("links", [])[:3]]
    if facts:
        lines += [f"  Mails    {plan.site_url}/desk/mail/ (nothing leaves this machine)", "", "  Sign in as"]
        for each in facts.get("sign_ins", []):
            lines.append(f"    {each['email']:<24} {each['who_zh']} · {each['who_en']}")
        lines += ["  with the six digits of the mail that arrives under Mails."]
    lines += ["", "Ctrl-C stops everything.", ""]
    for line in lines:
        voice.say(line)
