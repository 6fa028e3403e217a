#!/usr/bin/env bash
# receive-up.sh: how long ekiden up takes from its start until every unread mail of a mailbox is saved, and until every run has ended that
# the mails start. Environment: HOST PORT USER PASS of an IMAP mailbox (plain TCP) that holds COUNT unread mails, all different.
#   STATE_ROOT   folder on the disk for the home (otherwise TMPDIR)
#   JOB          command of the only job, a YAML list; none: the jobnet has no job and its run ends when the mail is saved ([true])
#   OVERLAP      queue or allow (queue)
#   MOST         seconds until it is given up (900)
# The mails are there before the process starts: the jobnet was defined while the profile named a port where nobody listens. Settings:
# first-look as it is (unread), claim all, mails marked read, 16 commands at a time. Prints one JSON object; exit code 1 when a mail is missing,
# doubled or unread, or a run ended otherwise than normally.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 7
: "${HOST:?}" "${PORT:?}" "${USER:?}" "${PASS:?}" "${COUNT:?}"
export ROOT=$root HOST PORT USER PASS COUNT JOB="${JOB-[true]}" OVERLAP=${OVERLAP:-queue} MOST=${MOST:-900}
home=$(mktemp -d "${STATE_ROOT:-${TMPDIR:-/tmp}}/ekiden-bench.XXXXXX") || exit 7
trap 'rm -rf "$home"' EXIT
EKIDEN_HOME=$home python3 - <<'PY'
import datetime, glob, hashlib, imaplib, json, os, signal, sqlite3, subprocess, sys, time

env = os.environ
home, count = env["EKIDEN_HOME"], int(env["COUNT"])
ekiden = env["ROOT"] + "/ekiden"


def write(name, text):
    with open(f"{home}/{name}", "w") as f:
        f.write(text)


def settings(port):
    write("ekiden.yaml", f"""version: 1
listen: 127.0.0.1:0
mail: {{profiles: {{bench: {{receive: {{imap: {{host: {env["HOST"]}, port: {port}, tls: none, user: {env["USER"]},
  password: {{env: PASS}}}}}}}}}}}}
""")


def call(*words):
    return subprocess.run([ekiden, *words], capture_output=True, text=True)


def up():
    return subprocess.Popen([ekiden, "up"], stdout=subprocess.DEVNULL, stderr=open(home + "/up.err", "a"))


def end(process):
    process.terminate()
    return process.wait(60)


def give_up(what):
    sys.stderr.write(f"receive-up: {what}\n" + "".join(open(home + "/up.err").readlines()[-5:]))
    sys.exit(7)


def defined():
    settings(1)
    process = up()
    try:
        last = time.monotonic() + 60
        while (answer := call("unit", "define", home + "/bench-unit.yaml")).returncode == 6 and time.monotonic() < last:
            time.sleep(0.2)
        if answer.returncode:
            give_up("unit define: " + answer.stdout + answer.stderr)
    finally:
        end(process)
    settings(env["PORT"])


def rows(question):
    with sqlite3.connect(f"file:{home}/ekiden.db?mode=ro", uri=True, timeout=5) as store:
        return store.execute(question).fetchall()


def over():
    """Runs by status."""
    return dict(rows("SELECT status, count(*) FROM run WHERE unit = '/bench/intake' GROUP BY status"))


def peak_mb(process):
    lines = open(f"/proc/{process.pid}/status").read().split("\n")
    return round(int(next(l for l in lines if l.startswith("VmHWM")).split()[1]) / 1024, 1)


def cpu_seconds(process):
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    own, children = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
    return [round(ticks / os.sysconf("SC_CLK_TCK"), 2) for ticks in (own, children)]


def seen():
    session = imaplib.IMAP4(env["HOST"], int(env["PORT"]))
    session.login(env["USER"], env["PASS"])
    session.select("INBOX", readonly=True)
    return len(session.search(None, "SEEN")[1][0].split())


def wait_for(what, process):
    last = time.monotonic() + float(env["MOST"])
    while not what():
        if process.poll() is not None or time.monotonic() > last:
            give_up(f"not finished: {over()}")
        time.sleep(0.25)


def main():
    jobs = f'jobs: {{work: {{command: {env["JOB"]}}}}}\n' if env["JOB"] else ""
    write("bench-unit.yaml", "version: 1\njobnet: /bench/intake\nstart: {receive-mail: {profile: bench, any: true}}\n"
          f'overlap: {env["OVERLAP"]}\n{jobs}')
    defined()
    start = time.time()
    process = up()
    try:
        wait_for(lambda: sum(n for s, n in over().items() if s.startswith(("ENDED", "KILLED"))) >= count, process)
        wait_for(lambda: seen() >= count, process)
        marked = time.time()
        peak, cpu = peak_mb(process), cpu_seconds(process)
        reconciled = call("mail", "reconcile", "bench", "--json")
    finally:
        code = end(process)
    files = glob.glob(home + "/files/**/mail.json", recursive=True)
    bodies = glob.glob(home + "/files/**/body.txt", recursive=True)
    saved = sorted(os.stat(f).st_mtime - start for f in files)
    different = len({hashlib.sha256(open(f, "rb").read()).digest() for f in bodies})
    runs = [json.loads(body) for body, in rows("SELECT body FROM run WHERE unit = '/bench/intake'")]
    ends = [datetime.datetime.fromisoformat(r["ended"]).timestamp() for r in runs]
    result = {"what": "up", "mails": count, "job": env["JOB"], "overlap": env["OVERLAP"], "runs": over(), "saved": len(files), "bodies": len(bodies),
              "different_bodies": different, "run_mails": len({r["claim"].split("@")[0] for r in runs}), "seen": seen(),
              "unexplained": json.loads(reconciled.stdout or "{}").get("unexplained"), "exit": code,
              "first_saved_s": round(saved[0], 2),
              "quarters_saved_s": [round(saved[len(saved) * q // 4 - 1], 2) for q in (1, 2, 3)], "all_saved_s": round(saved[-1], 2),
              "runs_over_s": round(max(ends) - start, 2), "seen_within_s": round(marked - start, 2),
              "rss_peak_mb": peak, "cpu_s": cpu[0], "cpu_commands_s": cpu[1]}
    result["ok"] = (result["runs"] == {"ENDED_NORMALLY": count} and result["unexplained"] == 0
                    and {len(files), len(bodies), different, result["run_mails"], result["seen"]} == {count})
    print(json.dumps(result))
    return 0 if result["ok"] else 1


# so that who ends this ends the process too
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
sys.exit(main())
PY
exit $?
