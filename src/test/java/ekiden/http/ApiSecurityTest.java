package ekiden.http;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.json.Json;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API as somebody sees it who should not get in, or who wants to wear it out. */
class ApiSecurityTest {
    private static final ApiLimits TIGHT =
            new ApiLimits(1_000, 4, 2, 3, 1, Duration.ofSeconds(2), Duration.ofSeconds(5), 10, 1);

    @TempDir
    Path home;

    private ApiWorld world;
    private String token;
    private RawHttp http;

    @BeforeEach
    void start() throws IOException {
        world = new ApiWorld(home, TIGHT);
        token = Files.readString(home.resolve("token")).strip();
        http = new RawHttp(world.address(), token);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void refused(RawHttp.Reply reply, ApiMessage message) {
        assertThat(reply.text()).contains(message.id());
        assertThat(reply.status()).isEqualTo(message.status());
    }

    private RawHttp.Reply raw(String first, String... headers) {
        return http.send(first + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void theTokenIsForItsOwnerOnlyAndLongEnough() throws IOException {
        assertThat(Files.getPosixFilePermissions(home.resolve("token")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void aTokenThatOthersCouldReadIsMadeAnew() throws IOException {
        Files.setPosixFilePermissions(home.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));
        ApiSettings settings =
                new ApiSettings(new HostPort("127.0.0.1", 0), home.resolve("token"), home.resolve("other-address"));
        try (ApiServer second = value(ApiServer.start(world.backend(), settings))) {
            assertThat(second.warnings()).extracting(Problem::id).contains(ApiMessage.TOKEN_RENEWED.id());
            assertThat(Files.readString(home.resolve("token")).strip()).isNotEqualTo(token);
        }
    }

    private static <T> T value(Result<T> result) {
        if (result instanceof Result.Ok<T>(T value)) {
            return value;
        }
        throw new IllegalStateException(result.toString());
    }

    @Test
    void nobodyGetsInWithoutTheToken() {
        String host = "Host: " + world.address();
        for (String path : List.of("/api/v1/units", "/api/v1/runs/x/kill", "/nothing", "/api/v1/openapi.yaml", "/")) {
            refused(raw("GET " + path, host), ApiMessage.NO_TOKEN);
            refused(raw("GET " + path, host, "Authorization: Bearer "), ApiMessage.NO_TOKEN);
            refused(raw("GET " + path, host, "Authorization: Bearer " + token + "x"), ApiMessage.NO_TOKEN);
            refused(raw("GET " + path, host, "Authorization: Bearer " + token.substring(1)), ApiMessage.NO_TOKEN);
            refused(raw("GET " + path, host, "Authorization: Basic " + token), ApiMessage.NO_TOKEN);
        }
        String twice = "Authorization: Bearer " + token;
        refused(raw("GET /api/v1/units", host, twice, twice), ApiMessage.NO_TOKEN);
        assertThat(raw("GET /api/v1/health", host).status()).isEqualTo(200);
        assertThat(raw("GET /api/v1/units", host, twice).status()).isEqualTo(200);
    }

    @Test
    void aHostThatIsNotThisMachineIsRefusedEvenWithTheToken() {
        String auth = "Authorization: Bearer " + token;
        for (String host : List.of(
                "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", "", "[::2]:80", "a b")) {
            refused(raw("GET /api/v1/units", "Host: " + host, auth), ApiMessage.FOREIGN_HOST);
            refused(raw("GET /api/v1/health", "Host: " + host), ApiMessage.FOREIGN_HOST);
        }
        refused(raw("GET /api/v1/units", "Host: localhost", "Host: evil.example", auth), ApiMessage.FOREIGN_HOST);
        for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:80", "[::1]")) {
            assertThat(raw("GET /api/v1/units", "Host: " + host, auth).status())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @Test
    void aPageOfAnotherOriginIsRefusedEvenWithTheToken() {
        for (String origin :
                List.of("http://evil.example", "null", "https://" + world.address(), "http://localhost:1")) {
            refused(http.get("/api/v1/units", "Origin: " + origin), ApiMessage.FOREIGN_ORIGIN);
        }
        refused(http.get("/api/v1/units", "Sec-Fetch-Site: cross-site"), ApiMessage.FOREIGN_ORIGIN);
        RawHttp.Reply own = http.get("/api/v1/units", "Origin: http://" + world.address());
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.headers()).doesNotContainKey("access-control-allow-origin");
        refused(http.ask("OPTIONS", "/api/v1/units", ""), ApiMessage.NO_METHOD);
    }

    @Test
    void namesThatLookLikePathsAreOnlyNames() {
        for (String name : List.of(
                "..%2F..%2Fetc%2Fpasswd", "%2F..%2F..", "%2Fa%2F..%2Fb", "..", "%00", "%2Fx%0d%0aSet-Cookie:x")) {
            RawHttp.Reply reply = http.get("/api/v1/units/" + name);
            assertThat(reply.status()).as(name).isEqualTo(404);
            assertThat(reply.headers()).doesNotContainKey("set-cookie");
            assertThat(http.get("/api/v1/runs/" + name + "/jobs/" + name + "/log")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(http.get("/api/v1/units/%zz").status()).isEqualTo(400);
        refused(http.get("/api/v1/units/%ff"), ApiMessage.BAD_PARAMETER);
        refused(http.get("/api/v1/../v1/units"), ApiMessage.NO_ROUTE);
        refused(http.get("//api/v1/units"), ApiMessage.NO_ROUTE);
        refused(http.get("/api/v1/mails/1%20"), ApiMessage.BAD_PARAMETER);
        refused(http.get("/api/v1/mails/0"), ApiMessage.BAD_PARAMETER);
    }

    @Test
    void aDefinitionCannotNameAUnitOutsideOrAFolderThatIsRelative() {
        String outside =
                Json.write(Map.of("text", ApiWorld.COMMAND.replace("/sales/count", "/../x"), "folder", "/srv"));
        assertThat(http.post("/api/v1/units", outside).status()).isEqualTo(422);
        String relative = Json.write(Map.of("text", ApiWorld.COMMAND, "folder", "../x"));
        refused(http.post("/api/v1/units", relative), ApiMessage.BAD_FOLDER);
        String nul = Json.write(Map.of("text", ApiWorld.COMMAND, "folder", "/a\u0000b"));
        refused(http.post("/api/v1/units", nul), ApiMessage.BAD_FOLDER);
    }

    @Test
    void bodiesUpToTheLimitAreTakenAndNoFurther() {
        String frame = Json.write(Map.of("text", "", "folder", "/srv"));
        String full = Json.write(Map.of("text", "x".repeat(TIGHT.body() - frame.length()), "folder", "/srv"));
        assertThat(full.length()).isEqualTo(TIGHT.body());
        assertThat(http.post("/api/v1/units", full).status()).isEqualTo(422);
        refused(http.post("/api/v1/units", full + " "), ApiMessage.TOO_LARGE);
        String chunked = "POST /api/v1/units HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3e9\r\n" + "x".repeat(1_001)
                + "\r\n0\r\n\r\n";
        refused(http.send(chunked), ApiMessage.TOO_LARGE);
        refused(http.post("/api/v1/units", "{"), ApiMessage.BAD_BODY);
        refused(http.post("/api/v1/units", "[1]"), ApiMessage.BAD_BODY);
        refused(http.post("/api/v1/units", "null"), ApiMessage.BAD_BODY);
        refused(http.post("/api/v1/runs", "null"), ApiMessage.BAD_BODY);
        refused(http.post("/api/v1/units", "{\"folder\":\"/srv\"}"), ApiMessage.BAD_BODY);
        refused(http.post("/api/v1/units", "[".repeat(900)), ApiMessage.BAD_BODY);
    }

    @Test
    void listsAreNoLongerThanTheLimit() {
        assertThat(http.get("/api/v1/runs?limit=" + TIGHT.listMost()).status()).isEqualTo(200);
        refused(http.get("/api/v1/runs?limit=" + (TIGHT.listMost() + 1)), ApiMessage.BAD_PARAMETER);
        refused(http.get("/api/v1/runs?limit=0"), ApiMessage.BAD_PARAMETER);
        refused(http.get("/api/v1/runs?limit=x"), ApiMessage.BAD_PARAMETER);
        refused(http.get("/api/v1/mails?state=eaten"), ApiMessage.BAD_PARAMETER);
        refused(http.get("/api/v1/alarms?open=maybe"), ApiMessage.BAD_PARAMETER);
    }

    @Test
    void onlySoManyRequestsWaitForEventsAndNotForEver() {
        world.define(ApiWorld.COMMAND);
        String run = world.start("/sales/count").id().toString();
        String wait = "/api/v1/runs/" + run + "/events?after=100&wait=2";
        refused(http.get("/api/v1/runs/" + run + "/events?wait=3"), ApiMessage.BAD_PARAMETER);
        List<CompletableFuture<RawHttp.Reply>> waiting = new ArrayList<>();
        for (int i = 0; i < TIGHT.waiters() + 1; i++) {
            waiting.add(asked(wait));
        }
        List<RawHttp.Reply> replies =
                waiting.stream().map(CompletableFuture::join).toList();
        assertThat(replies).extracting(RawHttp.Reply::status).containsExactlyInAnyOrder(200, 503);
        assertThat(replies).anySatisfy(reply -> refused(reply, ApiMessage.TOO_MANY_WAITERS));
        assertThat(http.get("/api/v1/health").status()).isEqualTo(200);
    }

    @Test
    void headersThatAreTooLongOrTooManyAreRefused() {
        assertThat(http.get("/api/v1/units", "X: " + "x".repeat(ServerLimits.HEADER_BYTES / 2))
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/api/v1/units", "X: " + "x".repeat(ServerLimits.HEADER_BYTES + 1))
                        .status())
                .isNotEqualTo(200);
        String[] many = new String[ServerLimits.HEADERS + 1];
        java.util.Arrays.setAll(many, i -> "X-" + i + ": 1");
        assertThat(http.get("/api/v1/units", many).status()).isNotEqualTo(200);
        assertThat(http.get("/api/v1/health").status()).isEqualTo(200);
    }

    @Test
    void moreConnectionsThanTheLimitDoNotKeepTheServerFromAnswering() throws IOException {
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < ServerLimits.CONNECTIONS + 20; i++) {
            Socket socket = new Socket(world.address().host(), world.address().port());
            socket.getOutputStream().write("GET /".getBytes(StandardCharsets.UTF_8));
            idle.add(socket);
        }
        for (Socket socket : idle) {
            socket.close();
        }
        // until the server has met their ends it is over its limit, and may hang up on who comes
        Eventually.within(Duration.ofSeconds(20), "an answer", this::isHealthy);
    }

    private boolean isHealthy() {
        try {
            return http.get("/api/v1/health").status() == 200;
        } catch (IllegalStateException | AssertionError hungUp) {
            return false;
        }
    }

    @Test
    void theTokenIsInNoAnswer() {
        for (String path : List.of("/api/v1/nothing", "/api/v1/runs/x", "/api/v1/units", "/api/v1/profiles")) {
            assertThat(http.get(path).text()).doesNotContain(token);
        }
    }

    @Test
    void problemsComeInTheLanguageOfTheCaller() {
        assertThat(http.get("/api/v1/nothing", "Accept-Language: ja,en;q=0.5").text())
                .contains("はありません");
        assertThat(http.get("/api/v1/nothing", "Accept-Language: en,ja;q=0.9").text())
                .contains("has no route");
        assertThat(http.get("/api/v1/nothing", "Accept-Language: fr").text()).contains("has no route");
    }

    @Test
    void anIdOfAnotherUnitsRunStartsNothing() {
        world.define(ApiWorld.COMMAND);
        world.define(ApiWorld.COMMAND.replace("/sales/count", "/sales/other"));
        String id = world.ids.next().toString();
        assertThat(http.post("/api/v1/runs", Json.write(Map.of("id", id, "unit", "/sales/count")))
                        .status())
                .isEqualTo(200);
        refused(http.post("/api/v1/runs", Json.write(Map.of("id", id, "unit", "/sales/other"))), ApiMessage.ID_TAKEN);
        String version4 = "0b0e1b3a-5c4d-4f6e-8a7b-9c0d1e2f3a4b";
        refused(
                http.post("/api/v1/runs", Json.write(Map.of("id", version4, "unit", "/sales/count"))),
                ApiMessage.BAD_PARAMETER);
        refused(
                http.post("/api/v1/runs", Json.write(Map.of("id", "1-1-1-1-1", "unit", "/a"))),
                ApiMessage.BAD_PARAMETER);
    }

    @Test
    void aPortThatIsTakenIsSaidClearly() {
        ApiSettings same = new ApiSettings(world.address(), home.resolve("token"), home.resolve("other-address"));
        assertThat(ApiServer.start(world.backend(), same))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(ApiMessage.PORT_IN_USE.id()));
        assertThat(home.resolve("other-address")).doesNotExist();
    }

    @Test
    void aTokenFileThatHoldsNoTokenKeepsItFromStarting() throws IOException {
        Path file = Files.writeString(home.resolve("bad-token"), "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        ApiSettings settings = new ApiSettings(new HostPort("127.0.0.1", 0), file, home.resolve("other-address"));
        assertThat(ApiServer.start(world.backend(), settings))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(ApiMessage.BAD_TOKEN.id()));
        assertThat(Files.readString(file)).isEqualTo("secret\n");
    }

    @Test
    void aStopDoesNotWaitForThoseWhoWaitForEvents() {
        world.define(ApiWorld.COMMAND);
        String run = world.start("/sales/count").id().toString();
        CompletableFuture<RawHttp.Reply> waiting = asked("/api/v1/runs/" + run + "/events?after=100&wait=2");
        while (world.server().waiting() == 0) {
            Thread.onSpinWait();
        }
        long begin = world.clock.nanos();
        world.server().close();
        assertThat(Duration.ofNanos(world.clock.nanos() - begin)).isLessThan(Duration.ofMillis(900));
        assertThat(home.resolve("address")).doesNotExist();
        assertThat(waiting.join().status()).isEqualTo(200);
    }

    /** Asks on a thread of its own; whatever goes wrong there arrives here. */
    private CompletableFuture<RawHttp.Reply> asked(String path) {
        CompletableFuture<RawHttp.Reply> reply = new CompletableFuture<>();
        world.tasks.run("ask", () -> {
            try {
                reply.complete(http.get(path));
            } catch (IllegalStateException wrong) {
                reply.completeExceptionally(wrong);
            }
        });
        return reply.orTimeout(20, TimeUnit.SECONDS);
    }

    @Test
    void healthSaysWhenItIsNotReady() {
        world.ready = false;
        assertThat(http.get("/api/v1/health").status()).isEqualTo(503);
        assertThat(http.get("/api/v1/health").text()).contains("\"ready\":false");
    }

    @Test
    void aBugIsAnAnswerWithoutItsInsides() {
        world.store.close();
        RawHttp.Reply reply = http.get("/api/v1/units");
        assertThat(reply.status()).isIn(200, 500, 503);
        assertThat(reply.text()).doesNotContain("Exception");
    }
}
