package ekiden.http;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.json.Json;
import ekiden.link.Assignment;
import ekiden.manager.ManagerMessage;
import ekiden.model.definition.MailExtras;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
    @TempDir
    Path home;

    private final OpenApi described = new OpenApi();
    private final Set<String> asked = new HashSet<>();
    private ApiWorld world;
    private RawHttp http;

    @BeforeEach
    void start() throws Exception {
        world = new ApiWorld(home);
        http = new RawHttp(
                world.address(), Files.readString(home.resolve("token")).strip());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theDescriptionHasEveryRouteAndNoOther() {
        Set<String> served = world.server().routes().stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toSet());
        assertThat(described.routes()).isEqualTo(served);
        Set<String> open = world.server().routes().stream()
                .filter(Route::open)
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toSet());
        assertThat(described.open()).isEqualTo(open);
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsFound() {
        String route = "GET /api/v1/health";
        assertThat(described.faults(route, 200, Map.of("product", "ekiden", "ready", true)))
                .isEmpty();
        assertThat(described.faults(route, 200, Map.of("product", "ekiden"))).hasSize(1);
        assertThat(described.faults(route, 200, Map.of("product", "ekiden", "ready", "yes")))
                .hasSize(1);
        assertThat(described.faults(route, 200, Map.of("product", "ekiden", "ready", true, "x", 1)))
                .hasSize(1);
    }

    @Test
    void everyRouteAnswersAsDescribed() {
        units();
        runs();
        mails();
        taken();
        others();
        Set<String> json = new HashSet<>(described.routes());
        json.remove("GET /api/v1/openapi.yaml");
        json.remove("GET /api/v1/mails/{mail}/raw");
        json.remove("GET /api/v1/runs/{run}/mail");
        json.remove("GET /api/v1/runs/{run}/jobs/{job}/log");
        assertThat(asked).isEqualTo(json);
    }

    private void units() {
        String body = Json.write(Map.of("text", ApiWorld.COMMAND, "folder", "/srv/units", "file", "count.yaml"));
        Map<String, Object> defined = good("POST /api/v1/units", "/api/v1/units", body);
        assertThat(defined).containsEntry("changed", true);
        assertThat(good("POST /api/v1/units", "/api/v1/units", body)).containsEntry("changed", false);
        assertThat(good("POST /api/v1/units/check", "/api/v1/units/check", body))
                .containsEntry("unit", "/sales/count");
        String other = body.replace("./count.sh", "./other.sh");
        assertThat(list(good("POST /api/v1/units/diff", "/api/v1/units/diff", other), "changes"))
                .hasSize(1);
        String wrong =
                Json.write(Map.of("text", "version: 1\njobnet: x\njobs: {}\n", "folder", "/srv", "file", "wrong.yaml"));
        Map<String, Object> bad = ask("POST /api/v1/units", "/api/v1/units", wrong, 422);
        assertThat(list(bad, "problems").size()).isGreaterThan(1);
        assertThat(list(good("GET /api/v1/units", "/api/v1/units", ""), "units"))
                .hasSize(1);
        String unit = "/api/v1/units/%2Fsales%2Fcount";
        assertThat(good("GET /api/v1/units/{unit}", unit, "")).containsEntry("version", 1);
        good("DELETE /api/v1/units/{unit}", unit, "");
        ask("GET /api/v1/units/{unit}", unit, "", 404);
    }

    private void runs() {
        world.define(ApiWorld.COMMAND);
        world.agent.ends("count", new AttemptOutcome.Exited(0));
        String start = Json.write(Map.of("id", world.ids.next().toString(), "unit", "/sales/count"));
        Map<String, Object> run = good("POST /api/v1/runs", "/api/v1/runs", start);
        assertThat(good("POST /api/v1/runs", "/api/v1/runs", start)).containsEntry("id", run.get("id"));
        Map<String, Object> events = Map.of("over", false);
        while (Boolean.FALSE.equals(events.get("over"))) {
            events = good(
                    "GET /api/v1/runs/{run}/events", "/api/v1/runs/" + run.get("id") + "/events?wait=5&after=6", "");
        }
        assertThat(good("GET /api/v1/runs/{run}", "/api/v1/runs/%2Fsales%2Fcount%231", ""))
                .containsEntry("status", "ENDED_NORMALLY")
                .containsEntry("statusText", "Ended normally");
        assertThat(list(good("GET /api/v1/runs", "/api/v1/runs?unit=/sales/count", ""), "runs"))
                .hasSize(1);
        ask("POST /api/v1/runs/{run}/kill", "/api/v1/runs/" + run.get("id") + "/kill", "", 409);
        world.agent.ends("count", new AttemptOutcome.Unknown(Problem.of(ManagerMessage.BUG, "command", "x")));
        Run lost = world.start("/sales/count");
        Map<String, Object> job = Map.of();
        while (!"UNKNOWN".equals(job.get("status"))) {
            job = list(good("GET /api/v1/runs/{run}", "/api/v1/runs/" + lost.id(), ""), "jobs")
                    .getFirst();
        }
        outbox(lost);
        assertThat(job).containsKey("problem");
        world.bytes.put(new AttemptId(lost.id(), "count", 1) + " STDOUT", "出力\n".getBytes(StandardCharsets.UTF_8));
        RawHttp.Reply log = http.get("/api/v1/runs/" + lost.id() + "/jobs/count/log?offset=3");
        assertThat(log.text()).isEqualTo("力\n");
        assertThat(log.headers()).containsEntry("ekiden-next-offset", "7").containsEntry("ekiden-over", "true");
        String rerun = "/api/v1/runs/" + lost.id() + "/rerun";
        Map<String, Object> which = Map.of("job", "count", "attempt", 1);
        ask("POST /api/v1/runs/{run}/rerun", rerun, Json.write(Map.of("jobs", List.of(which))), 400);
        String word = Json.write(Map.of("jobs", List.of(which), "how", "RESEND"));
        ask("POST /api/v1/runs/{run}/rerun", rerun, word, 409);
        String again = Json.write(Map.of("jobs", List.of(which), "how", "AGAIN"));
        assertThat(good("POST /api/v1/runs/{run}/rerun", rerun, again)).containsEntry("label", lost.label());
        ask("POST /api/v1/runs/{run}/rerun", rerun, again, 409);
    }

    private void taken() {
        world.define("""
                version: 1
                jobnet: /mail-wait/orders/1
                start: {receive-mail: {profile: orders, any: true, save: {mail-name: mail.eml}}, times: 3}
                overlap: allow
                """);
        String watch = world.watches().getLast();
        world.mail("third", null, List.of(watch));
        world.mail("fourth", null, List.of(watch));
        String route = "GET /api/v1/units/{unit}/mails";
        String path = "/api/v1/units/%2Fmail-wait%2Forders%2F1/mails";
        Map<String, Object> look = good(route, path + "?wait=1", "");
        assertThat(list(look, "mails")).as("it is being saved").isEmpty();
        assertThat(look).containsEntry("next", 0).containsEntry("behind", 2).containsEntry("left", 1);
        world.saved("3@" + watch, "/files/3/mail.eml");
        world.notSaved("4@" + watch);
        look = good(route, path, "");
        assertThat(list(look, "mails")).hasSize(2);
        assertThat(list(look, "mails").getLast()).containsKey("problem");
        assertThat(good(route, path + "?after=1", "")).containsEntry("next", 2);
        String first = "/api/v1/runs/%2Fmail-wait%2Forders%2F1%231/mail";
        assertThat(http.get(first).text()).isEqualTo("whole 3@" + watch);
        ask("DELETE /api/v1/runs/{run}/mail", first.replace("%231", "%232"), "", 409);
        good("DELETE /api/v1/runs/{run}/mail", first, "");
        good("DELETE /api/v1/runs/{run}/mail", first, "");
        assertThat(http.get(first).status()).isEqualTo(404);
        good("DELETE /api/v1/units/{unit}", "/api/v1/units/%2Fmail-wait%2Forders%2F1", "");
        look = good(route, path + "?wait=20", "");
        assertThat(list(look, "mails")).as("what was let go is not listed").hasSize(1);
        assertThat(look).doesNotContainKey("definition");
        abandoned();
    }

    /** Deleted by a person, a temporary unit takes along what its call never fetched; deleted by its call it does not. */
    private void abandoned() {
        String unit = "/api/v1/units/%2Fmail-wait%2Forders%2F2";
        world.define("""
                version: 1
                jobnet: /mail-wait/orders/2
                start: {receive-mail: {profile: orders, any: true, save: {mail-name: mail.eml}}, times: 3}
                overlap: allow
                """);
        String watch = world.watches().getLast();
        world.mail("fifth", null, List.of(watch));
        world.saved("5@" + watch, "/files/5/mail.eml");
        String mail = "/api/v1/runs/%2Fmail-wait%2Forders%2F2%231/mail";
        good("DELETE /api/v1/units/{unit}", unit, "");
        assertThat(http.get(mail).status()).isEqualTo(200);
        ask("DELETE /api/v1/units/{unit}", unit + "?mails=true", "", 404);
        assertThat(http.get(mail).status()).isEqualTo(404);
    }

    private void outbox(Run run) {
        AttemptId attempt = new AttemptId(run.id(), "count", 1);
        Assignment.SubmitMail mail = new Assignment.SubmitMail(
                attempt,
                "orders",
                List.of("a@x.jp"),
                List.of("b@x.jp"),
                List.of(),
                "s",
                "t",
                null,
                List.of(),
                "/work",
                "<m@x>",
                Instant.EPOCH,
                null,
                List.of(),
                MailExtras.NONE,
                null,
                List.of());
        world.store.write(tx -> {
            tx.outbox().put("elsewhere", mail, world.clock.now());
            return 1;
        });
        Map<String, Object> found = good("GET /api/v1/outbox", "/api/v1/outbox?limit=1", "");
        assertThat(found).containsEntry("more", false);
        assertThat(list(found, "mails").getFirst())
                .containsEntry("job", "count")
                .containsEntry("recipients", List.of("a@x.jp", "b@x.jp"))
                .containsKey("problem");
        world.store.write(tx -> {
            tx.outbox().remove(mail.key());
            return 1;
        });
        assertThat(list(good("GET /api/v1/outbox", "/api/v1/outbox", ""), "mails"))
                .isEmpty();
    }

    private void mails() {
        world.define(ApiWorld.INTAKE);
        world.mail("first", null, world.watches());
        world.mail("bad", Problem.of(ManagerMessage.MAIL_QUARANTINED, "mail", 2), List.of());
        assertThat(list(good("GET /api/v1/mails", "/api/v1/mails?mailbox=orders&state=unread", ""), "mails"))
                .hasSize(1);
        assertThat(list(
                        good("GET /api/v1/mails", "/api/v1/mails?messageId=%3Cfirst%40customer.example%3E", ""),
                        "mails"))
                .hasSize(1);
        Map<String, Object> mail = good("GET /api/v1/mails/{mail}", "/api/v1/mails/1", "");
        assertThat(mail).containsEntry("subject", "注文書 first");
        assertThat(list(mail, "claims")).hasSize(1);
        assertThat(list(good("GET /api/v1/mails/{mail}/why", "/api/v1/mails/1/why", ""), "watches"))
                .extracting(watch -> watch.get("verdict"))
                .containsExactly("TAKEN");
        ask("GET /api/v1/mails/{mail}/why", "/api/v1/mails/99/why", "", 404);
        assertThat(http.get("/api/v1/mails/1/raw").text()).isEqualTo("Subject: first\r\n\r\n");
        assertThat(list(good("GET /api/v1/quarantine", "/api/v1/quarantine", ""), "mails"))
                .hasSize(1);
        good("GET /api/v1/quarantine/{mail}", "/api/v1/quarantine/2", "");
        ask("GET /api/v1/quarantine/{mail}", "/api/v1/quarantine/1", "", 409);
        ask("GET /api/v1/quarantine/{mail}", "/api/v1/quarantine/99", "", 404);
        good("POST /api/v1/quarantine/{mail}/release", "/api/v1/quarantine/2/release", "");
        good("POST /api/v1/quarantine/{mail}/drop", "/api/v1/quarantine/2/drop", "");
        assertThat(good("GET /api/v1/prune", "/api/v1/prune", "")).containsEntry("dry", true);
        assertThat(good("GET /api/v1/disk", "/api/v1/disk", ""))
                .containsEntry("files", 400)
                .containsEntry("whole", true);
        assertThat(good("POST /api/v1/prune", "/api/v1/prune", "")).containsEntry("dry", false);
        ask("POST /api/v1/quarantine/{mail}/drop", "/api/v1/quarantine/1/drop", "", 409);
    }

    private void others() {
        good("GET /api/v1/health", "/api/v1/health", "");
        assertThat(http.get("/api/v1/openapi.yaml").text()).startsWith("#").contains("openapi: 3.1.0");
        world.store.write(tx -> {
            tx.alarms().raise("disk/spool", Problem.of(ManagerMessage.INBOX_FULL, "limit", 1), world.clock.now());
            return 1;
        });
        Map<String, Object> alarm = list(good("GET /api/v1/alarms", "/api/v1/alarms?open=false", ""), "alarms")
                .getFirst();
        good("POST /api/v1/alarms/{alarm}/clear", "/api/v1/alarms/" + alarm.get("id") + "/clear", "");
        assertThat(list(good("GET /api/v1/profiles", "/api/v1/profiles", ""), "profiles"))
                .hasSize(2);
        assertThat(good("POST /api/v1/profiles/{profile}/reconcile", "/api/v1/profiles/orders/reconcile", ""))
                .containsEntry("unexplained", 3);
        good("POST /api/v1/profiles/{profile}/resume", "/api/v1/profiles/orders/resume", "");
        assertThat(good("POST /api/v1/profiles/{profile}/test", "/api/v1/profiles/orders/test", ""))
                .containsEntry("ok", true);
        assertThat(good("POST /api/v1/profiles/{profile}/test", "/api/v1/profiles/out/test", ""))
                .containsEntry("ok", false);
    }

    private Map<String, Object> good(String route, String path, String body) {
        return ask(route, path, body, 200);
    }

    private Map<String, Object> ask(String route, String path, String body, int status) {
        RawHttp.Reply reply = http.ask(route.substring(0, route.indexOf(' ')), path, body);
        assertThat(reply.status()).as(route + " " + reply.text()).isEqualTo(status);
        Map<String, Object> answer = Json.readMap(reply.text());
        assertThat(described.faults(route, status, answer)).as(route).isEmpty();
        asked.add(route);
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> answer, String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(answer.get(name), name);
    }
}
