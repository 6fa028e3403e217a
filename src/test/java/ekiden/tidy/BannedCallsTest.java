package ekiden.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BannedCallsTest {
    private static final String PATH = "src/main/java/ekiden/mail/send/X.java";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Instant.now();",
                "java.time.Instant.now();",
                "System.currentTimeMillis();",
                "System.nanoTime();",
                "LocalDate.now();",
                "ZonedDateTime.now(zone);",
                "new Date();",
                "new java.util.Date();",
                "Thread.sleep(5);",
                "TimeUnit.SECONDS.sleep(1); TimeUnit.sleep(1);",
                "text.getBytes();",
                "a.b().toLowerCase();",
                "text.toUpperCase();",
                "String.format(\"%d\", 1);",
                "Charset.defaultCharset();",
                "new InputStreamReader(in);",
                "new FileReader(file);",
                "new FileWriter(file);",
                "bug.printStackTrace();",
                "new Random();",
                "Math.random();",
                "ThreadLocalRandom.current().nextInt();",
                "UUID.randomUUID();",
                "System.out.println();",
                "System.err.println();",
                "System.exit(1);",
                "new Thread(() -> {});",
                "Thread.ofVirtual().start(task);",
                "Thread.startVirtualThread(task);",
                "Executors.newCachedThreadPool();",
                "CompletableFuture.runAsync(task);",
                "use(Instant::now);",
                "use(String::toLowerCase);",
                "use(Executors::newCachedThreadPool);",
            })
    void isFound(String statement) {
        assertThat(in(PATH, statement)).isNotEmpty();
    }

    @Test
    void everyBanOfTheListCanFail() {
        for (BannedCalls.Ban ban : BannedCalls.BANS) {
            assertThat(in(PATH, statement(ban.what()))).as(ban.what()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clock.now();",
                "text.getBytes(UTF_8);",
                "text.toLowerCase(Locale.ROOT);",
                "String.format(Locale.ROOT, \"%d\", 1);",
                "new InputStreamReader(in, UTF_8);",
                "new Random(7);",
                "new Date(7);",
                "String note = \"Instant.now()\"; // System.nanoTime()",
            })
    void isAllowed(String statement) {
        assertThat(in(PATH, statement)).isEmpty();
    }

    @Test
    void theOneHomeIsAllowed() {
        assertThat(in("src/main/java/ekiden/base/SystemClock.java", "Instant.now();"))
                .isEmpty();
        assertThat(in("src/main/java/ekiden/cli/X.java", "System.out.println();"))
                .isEmpty();
    }

    @Test
    void staticImportsDoNotHideACall() {
        Source source = Source.sample(PATH, "import static java.lang.System.nanoTime;\nclass X {}");
        assertThat(BannedCalls.check(source)).isNotEmpty();
    }

    @Test
    void theFindingNamesLineAndReplacement() {
        assertThat(in(PATH, "Instant.now();"))
                .singleElement()
                .asString()
                .isEqualTo(PATH + ":2: Instant.now is banned here; instead: take ekiden.base.Clock");
    }

    private static List<Finding> in(String path, String statement) {
        return BannedCalls.check(Source.sample(path, "class X { void x() {\n" + statement + "\n} }"));
    }

    private static String statement(String what) {
        if (what.startsWith("new ")) {
            return what.replace("/0", "()").replace("/1", "(a)") + (what.contains("/") ? ";" : "();");
        }
        String call = what.startsWith(".") ? "a" + what : what.endsWith(".") ? what + "make()" : what + "(a)";
        return call + ";";
    }
}
