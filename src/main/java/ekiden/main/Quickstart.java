package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.definition.DefinitionReading;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.disk.FileDisk;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.send.Attachment;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.ComposedMail;
import ekiden.mail.send.Composer;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.smtp.PoolLimits;
import ekiden.mail.send.smtp.SmtpPool;
import ekiden.mail.send.smtp.SmtpSettings;
import ekiden.manager.Command;
import ekiden.model.mail.Address;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.JobRun;
import ekiden.model.run.Run;
import ekiden.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From nothing to a finished relay in a temporary home: a real mail with an attachment over SMTP, its files, the command, the reply.
 * Tells in plain lines what happens.
 */
final class Quickstart {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** The figure is that of a process which has just started, not of one which is still about it. */
    private static final Duration REHEARSAL = Duration.ofSeconds(10);

    private static final long POLL_MILLIS = 20;
    private static final String UNIT = "/quickstart/order-intake";

    private final Terminal terminal;
    private final PrintStream out;
    private final Tell tell;
    private final Clock clock;
    private @Nullable Instant endOfData;
    private volatile boolean shown;
    private boolean over;

    Quickstart(Terminal terminal, Locale language) {
        this.terminal = terminal;
        this.out = terminal.out();
        this.tell = new Tell(out, language);
        this.clock = terminal.clock();
    }

    /** Starts in a temporary home, shows the relay, and goes on until it is told to end, unless {@code exit}. */
    ExitCode run(boolean exit) {
        QuickstartHome home;
        try {
            home = QuickstartHome.prepare();
        } catch (IOException wrong) {
            return unusable(wrong);
        }
        tell.line("home: %s (temporary)", "ホーム: %s (一時的)", home.folder());
        Up up = new Up(new HomePaths(home.folder()), tell.language(), terminal);
        return switch (up.open(SmtpdListener.NONE)) {
            case Result.Failed<Standalone>(Problem problem) -> {
                tellItStays(home);
                yield up.refuse(problem);
            }
            case Result.Ok<Standalone>(Standalone running) -> show(home, running, exit);
        };
    }

    private ExitCode unusable(IOException wrong) {
        tell.line("the temporary home cannot be used: %s", "一時ホームを使用できません: %s", String.valueOf(wrong.getMessage()));
        return ExitCode.SETTINGS;
    }

    /** However it ends, also by Ctrl-C in the middle: everything is stopped, and the home is removed or named. */
    private ExitCode show(QuickstartHome home, Standalone running, boolean exit) {
        CountDownLatch ended = Up.whenEnded(() -> end(home, running));
        try {
            define(home, running);
            running.awaitRehearsed(REHEARSAL);
            ExitCode code = relay(home, running);
            shown = code == ExitCode.DONE;
            if (!exit) {
                tell.line(
                        "it goes on; API at http://%s/api/v1, end with Ctrl-C",
                        "引き続き動作しています。API は http://%s/api/v1、Ctrl-C で終了します",
                        running.api().address());
                tell.line("try: ekiden run list --home %s", "例: ekiden run list --home %s", home.folder());
                Up.await(ended);
            }
            return code;
        } catch (IOException wrong) {
            return unusable(wrong);
        } finally {
            end(home, running);
        }
    }

    /** The first caller stops and removes, another one waits for that. */
    private synchronized void end(QuickstartHome home, Standalone running) {
        if (over) {
            return;
        }
        over = true;
        boolean ours = shown && QuickstartHome.holdsOnlyTheRelay(running.store());
        running.close();
        if (ours && home.remove()) {
            tell.line("home removed: %s", "一時ホームを削除しました: %s", home.folder());
        } else {
            tellItStays(home);
        }
    }

    private void tellItStays(QuickstartHome home) {
        tell.line(
                "the home stays, remove it when you do not need it any more: %s",
                "一時ホームは残してあります。不要になったら削除してください: %s", home.folder());
    }

    private static void define(QuickstartHome home, Standalone running) throws IOException {
        String text = Files.readString(home.definition(), StandardCharsets.UTF_8);
        String name = home.definition().toString();
        if (!(DefinitionYaml.read(name, text) instanceof DefinitionReading.Read read)) {
            throw new IOException("the example is wrong");
        }
        CountDownLatch defined = new CountDownLatch(1);
        Command define = new Command.Define(
                running.ids().next(), read.jobnet(), home.folder().toString());
        running.inbox().put(define, reply -> defined.countDown());
        pause(defined, DEADLINE.toMillis());
    }

    /** What is told, in both languages. */
    private record Tell(PrintStream out, Locale language) {
        void line(String english, String japanese, Object... values) {
            boolean inJapanese = language.getLanguage().equals("ja");
            out.printf(Locale.ROOT, (inJapanese ? japanese : english) + "%n", values);
            out.flush();
        }
    }

    /** Sends the mail and follows it to the end. */
    private ExitCode relay(QuickstartHome home, Standalone running) throws IOException {
        Store store = running.store();
        tell.line(
                "listening: SMTP on 127.0.0.1:%s for orders@localhost",
                "待機中: 127.0.0.1:%s の SMTP で orders@localhost 宛てのメールを待っています", home.port());
        Result<SendOutcome> sent = send(home, running);
        if (!(sent instanceof Result.Ok<SendOutcome>(SendOutcome.Accepted accepted))) {
            tell.line("the mail was not accepted: %s", "メールは受け付けられませんでした: %s", sent);
            return ExitCode.REFUSED;
        }
        tell.line("mail received, answered: 250 %s", "メールを受信し、応答しました: 250 %s", accepted.reply());
        Optional<Run> ended = await(() -> store.read(tx -> tx.runs().find(UNIT, 1))
                .filter(run -> run.status().ended()));
        Optional<Run> run =
                ended.isPresent() ? ended : store.read(tx -> tx.runs().find(UNIT, 1));
        if (run.isEmpty()) {
            tell.line("no run was started", "ジョブネットは開始されませんでした");
            return ExitCode.TIMED_OUT;
        }
        tellFiles(store, run.get());
        tellCommand(home, run.get());
        return tellReply(store, run.get());
    }

    private Result<SendOutcome> send(QuickstartHome home, Standalone running) {
        MailDraft draft = new MailDraft(
                new Address("お客様", "customer@localhost"),
                List.of(new Address(null, "orders@localhost")),
                List.of(),
                List.of(),
                "注文書 2026-11",
                "注文書を添付します。\nAn order is attached.\n",
                List.of(new Attachment(home.folder().resolve("order.csv"), "注文書.csv", "text/csv")),
                "<" + running.ids().next() + "@customer.localhost>",
                clock.now().atZone(ZoneId.systemDefault()).toOffsetDateTime(),
                null,
                List.of(),
                null);
        FileDisk disk = new FileDisk();
        SmtpSettings server = SmtpSettings.plain("127.0.0.1", home.port());
        try (SmtpPool client = new SmtpPool(server, PoolLimits.DEFAULT, () -> Result.ok(""), clock, running.tasks())) {
            return new Composer(disk, ComposeLimits.DEFAULT)
                    .compose(draft, home.folder().resolve("order.eml"))
                    .then((ComposedMail mail) -> Result.ok(client.submit(mail.outgoing(disk), this::noteEndOfData)));
        }
    }

    private boolean noteEndOfData() {
        endOfData = clock.now();
        return true;
    }

    private <T> Optional<T> await(Supplier<Optional<T>> look) {
        long end = clock.nanos() + DEADLINE.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (clock.nanos() < end) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found;
            }
            pause(never, POLL_MILLIS);
        }
        return Optional.empty();
    }

    private static void pause(CountDownLatch until, long millis) {
        try {
            if (until.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellFiles(Store store, Run run) {
        SavedMail saved = store.read(tx -> Optional.ofNullable(run.claim())
                        .flatMap(tx.claims()::find)
                        .map(Claim::saved))
                .orElse(null);
        if (saved == null) {
            return;
        }
        tell.line("files saved: %s", "ファイルを保存しました: %s", String.valueOf(saved.body()));
        saved.attachments()
                .forEach(file ->
                        tell.line("             %s", "                        %s", String.valueOf(file.path())));
    }

    private void tellCommand(QuickstartHome home, Run run) throws IOException {
        JobRun job = run.job("load");
        Path stdout = home.folder()
                .resolve("attempts")
                .resolve(run.id() + "/load/" + Math.max(1, job.attempt()))
                .resolve("stdout");
        if (!Files.exists(stdout)) {
            tell.line("the command did not run: %s", "コマンドは実行されませんでした: %s", String.valueOf(job.problem()));
            return;
        }
        List<String> lines = Files.readAllLines(stdout, StandardCharsets.UTF_8);
        tell.line("job load, its output:", "ジョブ load の出力:");
        lines.forEach(line -> out.println("    " + line));
        Instant end = endOfData;
        if (end != null && !lines.isEmpty() && lines.getFirst().startsWith("running at ")) {
            double began = Double.parseDouble(lines.getFirst().substring("running at ".length()));
            double ended = end.getEpochSecond() + end.getNano() / 1e9;
            tell.line(
                    "from the end of the mail's data to the command's first line: %.1f ms",
                    "メールデータの終わりからコマンドの最初の行まで: %.1f ミリ秒", (began - ended) * 1000);
        }
    }

    private ExitCode tellReply(Store store, Run run) {
        List<CatalogueMail> replies = store.read(tx -> tx.mails().list("customer", null, 1));
        if (!replies.isEmpty()) {
            tell.line(
                    "reply accepted: %s",
                    "返信が受け付けられました: %s", replies.getFirst().summary().subject());
        }
        tell.line(
                "run %s: %s",
                "実行 %s: %s",
                run.label(),
                tell.language().getLanguage().equals("ja")
                        ? run.status().japanese()
                        : run.status().english());
        Problem problem = run.jobs().stream()
                .map(JobRun::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (problem != null) {
            out.println(problem);
        }
        return switch (run.status()) {
            case ENDED_NORMALLY -> replies.isEmpty() ? ExitCode.UNCERTAIN : ExitCode.DONE;
            case ENDED_WITH_WARNING -> ExitCode.WARNING;
            case ENDED_ABNORMALLY, KILLED -> ExitCode.REFUSED;
            case PREPARING, QUEUED, RUNNING -> ExitCode.TIMED_OUT;
        };
    }
}
