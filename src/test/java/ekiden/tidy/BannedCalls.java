package ekiden.tidy;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that have one home or none, each with what to write instead. */
public final class BannedCalls {
    /**
     * A banned call.
     *
     * @param what {@code Type.method}, {@code .method()} on anything without arguments, {@code new Type} in any form,
     *     {@code new Type/1} with one argument, {@code Type.field}
     * @param instead what to use
     * @param homes beginnings of the paths in which it is allowed
     */
    record Ban(String what, String instead, List<String> homes) {}

    private static final String MAIN = "src/main/java/ekiden/";
    private static final String TESTING = "src/test/java/ekiden/testing/";
    private static final String TESTS = "src/test/java/";
    private static final String CLOCK = "take ekiden.base.Clock";
    private static final String TASKS = "take ekiden.base.Tasks";
    private static final List<String> CLOCK_HOMES = List.of(MAIN + "base/SystemClock.java", TESTING);
    /** Adapters that must own threads: listeners, and the one home of tasks. Tests of races may have threads too. */
    private static final List<String> THREAD_HOMES = List.of(
            MAIN + "base/NamedThreads.java",
            MAIN + "base/ThreadTasks.java",
            MAIN + "disk/Together.java",
            MAIN + "mail/receive/smtpd/",
            MAIN + "agent/",
            MAIN + "http/",
            MAIN + "cli/",
            MAIN + "main/",
            MAIN + "wait/",
            TESTS);

    private static final List<String> SCREEN_HOMES = List.of(MAIN + "cli/", MAIN + "main/", TESTING);
    private static final List<String> NOWHERE = List.of();

    static final List<Ban> BANS = List.of(
            new Ban("Instant.now", CLOCK, CLOCK_HOMES),
            new Ban("System.currentTimeMillis", CLOCK, CLOCK_HOMES),
            new Ban("System.nanoTime", CLOCK, CLOCK_HOMES),
            new Ban("LocalDate.now", CLOCK, CLOCK_HOMES),
            new Ban("LocalDateTime.now", CLOCK, CLOCK_HOMES),
            new Ban("LocalTime.now", CLOCK, CLOCK_HOMES),
            new Ban("ZonedDateTime.now", CLOCK, CLOCK_HOMES),
            new Ban("OffsetDateTime.now", CLOCK, CLOCK_HOMES),
            new Ban("Clock.systemUTC", CLOCK, CLOCK_HOMES),
            new Ban("Clock.systemDefaultZone", CLOCK, CLOCK_HOMES),
            new Ban("new Date/0", CLOCK, CLOCK_HOMES),
            new Ban(
                    "Thread.sleep",
                    "wait for what you wait for: Tasks.after, a condition with a deadline",
                    List.of(TESTING)),
            new Ban("TimeUnit.sleep", "wait for what you wait for", List.of(TESTING)),
            new Ban(".getBytes()", "name the charset: getBytes(UTF_8)", NOWHERE),
            new Ban(".toLowerCase()", "toLowerCase(Locale.ROOT)", NOWHERE),
            new Ban(".toUpperCase()", "toUpperCase(Locale.ROOT)", NOWHERE),
            new Ban("String.format", "String.format(Locale.ROOT, ...)", NOWHERE),
            new Ban("Charset.defaultCharset", "name the charset", NOWHERE),
            new Ban("new InputStreamReader/1", "name the charset", NOWHERE),
            new Ban("new OutputStreamWriter/1", "name the charset", NOWHERE),
            new Ban("new FileReader/1", "ekiden.disk.Disk, with a charset", NOWHERE),
            new Ban("new FileWriter/1", "ekiden.disk.Disk, with a charset", NOWHERE),
            new Ban(".printStackTrace()", "System.Logger, or a Problem", NOWHERE),
            new Ban("new Random/0", "take a seeded one", NOWHERE),
            new Ban("Math.random", "take a seeded Random", NOWHERE),
            new Ban("ThreadLocalRandom.current", "take a seeded Random", NOWHERE),
            new Ban("UUID.randomUUID", "ekiden.base.Ids", NOWHERE),
            new Ban("System.out", "return text, or System.Logger", SCREEN_HOMES),
            new Ban("System.err", "return a Problem, or System.Logger", SCREEN_HOMES),
            new Ban(
                    "System.getLogger",
                    "ekiden.base.LazyLogger.of(X.class)",
                    List.of(MAIN + "base/LazyLogger.java", TESTS)),
            new Ban("System.exit", "return an ExitCode", List.of(MAIN + "main/", TESTING)),
            new Ban("new Thread", TASKS, THREAD_HOMES),
            new Ban("new NamedThreads", TASKS, THREAD_HOMES),
            new Ban("Thread.ofVirtual", TASKS, THREAD_HOMES),
            new Ban("Thread.ofPlatform", TASKS, THREAD_HOMES),
            new Ban("Thread.startVirtualThread", TASKS, THREAD_HOMES),
            new Ban("Executors.", TASKS, THREAD_HOMES),
            new Ban("CompletableFuture.runAsync", TASKS, THREAD_HOMES),
            new Ban("CompletableFuture.supplyAsync", TASKS, THREAD_HOMES));

    private BannedCalls() {}

    /** {@return what in the file is banned there} */
    public static List<Finding> check(Source source) {
        List<Finding> findings = new ArrayList<>();
        new Scan(source, findings).scan(source.tree(), null);
        return findings;
    }

    private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Source source;
        private final List<Finding> findings;

        Scan(Source source, List<Finding> findings) {
            this.source = source;
            this.findings = findings;
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
            if (call.getMethodSelect() instanceof MemberSelectTree select) {
                if (call.getArguments().isEmpty()) {
                    report(call, "." + select.getIdentifier() + "()");
                }
                if (!(named(select).equals("String.format") && localeFirst(call))) {
                    member(call, select);
                }
                scan(select.getExpression(), null);
            } else {
                scan(call.getMethodSelect(), null);
            }
            return scan(call.getArguments(), null);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void none) {
            member(select, select);
            return super.visitMemberSelect(select, null);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void none) {
            String type = last(reference.getQualifierExpression());
            report(reference, type + "." + reference.getName());
            report(reference, type + ".");
            report(reference, "." + reference.getName() + "()");
            return super.visitMemberReference(reference, null);
        }

        @Override
        public @Nullable Void visitImport(ImportTree imported, @Nullable Void none) {
            if (imported.isStatic() && imported.getQualifiedIdentifier() instanceof MemberSelectTree select) {
                member(imported, select);
            }
            return null;
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
            String type = "new " + last(made.getIdentifier());
            report(made, type);
            report(made, type + "/" + made.getArguments().size());
            return super.visitNewClass(made, null);
        }

        private void member(Tree place, MemberSelectTree select) {
            report(place, named(select));
            report(place, last(select.getExpression()) + ".");
        }

        private void report(Tree place, String what) {
            for (Ban ban : BANS) {
                if (ban.what.equals(what) && ban.homes.stream().noneMatch(source.path()::startsWith)) {
                    findings.add(source.finding(place, what + " is banned here; instead: " + ban.instead));
                }
            }
        }

        private static String named(MemberSelectTree select) {
            return last(select.getExpression()) + "." + select.getIdentifier();
        }

        private static String last(Tree expression) {
            return switch (expression) {
                case MemberSelectTree select -> select.getIdentifier().toString();
                case IdentifierTree name -> name.getName().toString();
                default -> "";
            };
        }

        private static boolean localeFirst(MethodInvocationTree call) {
            List<? extends ExpressionTree> arguments = call.getArguments();
            return !arguments.isEmpty() && arguments.getFirst().toString().contains("Locale.");
        }
    }
}
