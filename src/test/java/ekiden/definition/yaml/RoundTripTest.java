package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.definition.DefinitionReading;
import ekiden.definition.UnitDiff;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.Include;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.PartChecks;
import ekiden.model.definition.Proof;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Retention;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.SizeRange;
import ekiden.model.definition.UnitName;
import ekiden.model.definition.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Property(tries = 500)
    void whatIsWrittenIsReadAsTheSame(@ForAll("jobnets") Jobnet jobnet) {
        String text = DefinitionYaml.write(jobnet);
        assertThat(DefinitionYaml.read("x", text)).as(text).isEqualTo(new DefinitionReading.Read(jobnet));
        assertThat(DefinitionYaml.write(jobnet)).isEqualTo(text);
        assertThat(UnitDiff.between(jobnet, jobnet)).isEmpty();
    }

    @Property(tries = 200)
    void differentJobnetsDiffer(@ForAll("jobnets") Jobnet one, @ForAll("jobnets") Jobnet other) {
        assertThat(UnitDiff.between(one, other).isEmpty()).isEqualTo(one.equals(other));
    }

    @Provide
    Arbitrary<Jobnet> jobnets() {
        Arbitrary<List<Job>> jobs = job().list().ofMinSize(1).ofMaxSize(6).map(RoundTripTest::named);
        Arbitrary<UnitName> names = Arbitraries.of("/a", "/販売/受注 取込", "/a/b c/d'e\"f", "/true")
                .map(n -> UnitName.parse(n).orElseThrow());
        Arbitrary<Integer> times = Arbitraries.integers().between(1, 9).injectNull(0.5);
        return Combinators.combine(names, receive().injectNull(0.5), times, Arbitraries.of(Jobnet.Overlap.class), jobs)
                .as((name, start, left, overlap, work) -> new Jobnet(
                        name,
                        start,
                        start == null ? null : left,
                        overlap,
                        start != null && work.size() == 1 ? List.of() : work));
    }

    /** Names in order; each job needs some of those before it. */
    private static List<Job> named(List<Job> drafts) {
        List<Job> jobs = new ArrayList<>();
        for (Job draft : drafts) {
            int i = jobs.size();
            List<String> needs = jobs.stream().skip(i / 2).map(Job::name).toList();
            String name = List.of("true", "受注", "A-1_b", "no", "null", "10").get(i);
            jobs.add(new Job(name, needs, draft.work(), draft.timeout(), draft.onTimeout()));
        }
        return jobs;
    }

    private static Arbitrary<Job> job() {
        Arbitrary<Work> works = Arbitraries.oneOf(
                receive().map(w -> (Work) w), command().map(w -> (Work) w), send().map(w -> (Work) w));
        Arbitrary<Duration> timeouts = Arbitraries.longs()
                .between(1, 366L * 86_400)
                .map(Duration::ofSeconds)
                .injectNull(0.5);
        return Combinators.combine(works, timeouts, Arbitraries.of(Job.OnTimeout.class))
                .as((work, timeout, on) ->
                        new Job("x", List.of(), work, timeout, timeout == null ? Job.OnTimeout.KILL : on));
    }

    private static Arbitrary<List<Entry>> entries(boolean text, Entry.Look... looks) {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators.combine(
                        Arbitraries.of("a", "{b}, [c]: '\"#", "注文 ", "- x", "[0-9]+\\.", "true"),
                        Arbitraries.of(Entry.Form.class),
                        Arbitraries.of(looks),
                        flags,
                        flags,
                        flags)
                .as((words, form, look, anyCase, anyWidth, across) ->
                        new Entry(words, form, look, anyCase, anyWidth, text && across))
                .filter(entry ->
                        entry.form() != Entry.Form.REGEX || entry.text().equals("[0-9]+\\."))
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<Conditions> withOptions() {
        Arbitrary<List<HeaderCondition>> header = entries(false, Entry.Look.USUAL)
                .map(values -> new HeaderCondition("x-a", values))
                .list()
                .ofMaxSize(1);
        Arbitrary<@Nullable SizeRange> size = Arbitraries.of(new SizeRange(0, 5), new SizeRange(7, Long.MAX_VALUE))
                .injectNull(0.5);
        Arbitrary<List<Proof>> proofs = Arbitraries.of(Proof.Kind.class)
                .set()
                .map(kinds -> kinds.stream().sorted().map(Proof.Kind::proof).toList());
        return Combinators.combine(
                        entries(false, Entry.Look.NAME, Entry.Look.SHOWN),
                        entries(false, Entry.Look.USUAL),
                        entries(true, Entry.Look.USUAL, Entry.Look.ALL, Entry.Look.ATTACHMENTS),
                        header,
                        size,
                        Arbitraries.of(true, false).injectNull(0.5),
                        proofs)
                .as((to, subject, text, fields, range, has, proof) -> new Conditions(
                        List.of(), to, List.of(), subject, text, List.of(), fields, range, has, proof, List.of()));
    }

    private static Arbitrary<ReceiveMail> receive() {
        Arbitrary<List<String>> from =
                Arbitraries.of("a@b", "o'x@例え.jp", "*@*").list().ofMaxSize(3);
        Arbitrary<Conditions> plain =
                Combinators.combine(from, texts(), texts()).as((a, b, c) -> new Conditions(a, b, c));
        Arbitrary<Conditions> conditions = Combinators.combine(
                        Arbitraries.oneOf(plain, withOptions()),
                        Arbitraries.of(Include.class).set())
                .as((c, include) -> (c.none() ? Conditions.ANY : c)
                        .including(include.stream().sorted().toList()));
        Arbitrary<String> paths = Arbitraries.of("a", "a/b c", "/var/x", "C:\\x", "~/x", "#1", "承認")
                .injectNull(0.4);
        // the files of one mail have names of their own
        Arbitrary<String> bodies =
                Arbitraries.of("body.txt", "本文.txt", "- x", "true").injectNull(0.4);
        Arbitrary<String> lists =
                Arbitraries.of("attachments.list", "一覧", "- y", "null").injectNull(0.4);
        Arbitrary<String> mails =
                Arbitraries.of("mail.eml", "原文.eml", "- z", "1e3").injectNull(0.4);
        Arbitrary<SaveRule> saves = Combinators.combine(
                        paths, bodies, lists, mails, Arbitraries.of(true, false), options())
                .as(SaveRule::new);
        Arbitrary<AfterReceive> afters = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of("$Taken", "a.b").injectNull(0.5),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((read, keyword, move, delete) -> new AfterReceive(read, keyword, move ? "" : null, delete))
                .injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of("orders", "on", "1e3"),
                        conditions,
                        saves,
                        afters,
                        Arbitraries.of(ReceiveMail.ClaimRule.class),
                        Arbitraries.integers().between(1, 9))
                .as((profile, c, save, after, claim, priority) ->
                        new ReceiveMail(profile, c, save, moving(after, profile), claim, priority));
    }

    private static Arbitrary<SaveOptions> options() {
        Arbitrary<String> names =
                Arbitraries.of("{date}-{subject}", "{{x}}{run}", "注文 {mail}").injectNull(0.5);
        Arbitrary<String> lists = Arbitraries.of("received", "/srv/{date}.list").injectNull(0.5);
        Arbitrary<SaveOptions.FileAccess> access = Combinators.combine(
                        Arbitraries.of("sales", "true", "10").injectNull(0.5),
                        Arbitraries.of("640", "007").injectNull(0.5))
                .as((group, mode) -> group == null && mode == null
                        ? new SaveOptions.FileAccess("root", null, null, "755")
                        : new SaveOptions.FileAccess(null, group, mode, null))
                .injectNull(0.5);
        return Combinators.combine(
                        names,
                        Arbitraries.of("{i}-{name}", "{stem}.{ext}").injectNull(0.5),
                        lists,
                        Arbitraries.of(SaveOptions.Collision.class),
                        access,
                        retention(),
                        checks(),
                        Arbitraries.of(Duration.ofSeconds(3)).injectNull(0.5))
                .as(SaveOptions::new)
                .map(options -> options.equals(SaveOptions.DEFAULT) ? null : options);
    }

    private static Arbitrary<PartChecks> checks() {
        Arbitrary<Duration> timeouts = Arbitraries.of(Duration.ofSeconds(90)).injectNull(0.5);
        Arbitrary<PartChecks.Filter> filters = Combinators.combine(
                        Arbitraries.of(List.of("./clean"), List.of("clean", "-x y")),
                        timeouts,
                        Arbitraries.of(PartChecks.Filter.OnFailure.class))
                .as(PartChecks.Filter::new);
        Arbitrary<PartChecks.Scan> scans = Combinators.combine(
                        Arbitraries.of("127.0.0.1:3310", "/run/clamav/ctl"),
                        timeouts,
                        Arbitraries.of(PartChecks.Scan.OnInfected.class),
                        Arbitraries.of(PartChecks.Scan.OnFailure.class))
                .as(PartChecks.Scan::new);
        return Arbitraries.oneOf(
                        filters.map(filter -> new PartChecks(filter, null)),
                        scans.map(scan -> new PartChecks(null, scan)))
                .injectNull(0.5);
    }

    private static Arbitrary<Retention> retention() {
        Arbitrary<Retention> rules = Combinators.combine(
                        Arbitraries.of(Duration.ofDays(30), Duration.ofMinutes(90))
                                .injectNull(0.5),
                        Arbitraries.of(1, 1_000).injectNull(0.5))
                .as((age, count) -> new Retention(age, count, count == null && age == null ? 1L << 30 : null));
        return Arbitraries.oneOf(rules, Arbitraries.just(Retention.NEVER)).injectNull(0.5);
    }

    /** Mails of one profile go to one folder. */
    private static @Nullable AfterReceive moving(@Nullable AfterReceive after, String profile) {
        String folder = Map.of("orders", "Done", "on", "a: b/c", "1e3", "処理済み").get(profile);
        return after == null || after.moveTo() == null
                ? after
                : new AfterReceive(after.read(), after.keyword(), folder, after.delete());
    }

    private static Arbitrary<RunCommand> command() {
        Arbitrary<List<String>> commands =
                texts().filter(c -> !c.isEmpty() && !c.getFirst().isBlank());
        Arbitrary<Map<String, String>> environments = Arbitraries.maps(
                        Arbitraries.of("A", "LANG", "_x", "Yes"), anyText())
                .ofMaxSize(3);
        Arbitrary<String> folders = Arbitraries.of("out", "/tmp/x y").injectNull(0.5);
        Arbitrary<Integer> codes = Arbitraries.integers().between(0, 300);
        return Combinators.combine(commands, environments, folders, codes, codes)
                .as((c, e, f, w, a) -> new RunCommand(c, e, f, Math.min(w, a), Math.max(w, a)));
    }

    private static Arbitrary<SendMail> send() {
        Arbitrary<List<String>> to =
                Arbitraries.of("a@b.c", "山田 <y@例え.jp>", "\"x, y\" <a@b>").list().ofMaxSize(3);
        Arbitrary<String> subjects =
                anyText().map(s -> s.replaceAll("\\p{Cc}", "")).filter(s -> !s.contains("${"));
        Arbitrary<List<String>> attach =
                Arbitraries.of("out/*.pdf", "[a-b]?.txt", "/x/y z").list().ofMaxSize(3);
        return Combinators.combine(to, to, to, subjects, anyText(), Arbitraries.of(true, false), attach, extras())
                .as((t, c, b, s, x, inFile, a, e) -> new SendMail(
                        "orders",
                        t,
                        t.isEmpty() && b.isEmpty() ? List.of("z@z") : c,
                        b,
                        s,
                        inFile ? null : x,
                        inFile ? "r.txt" : null,
                        a,
                        e));
    }

    private static Arbitrary<MailExtras> extras() {
        Arbitrary<String> from = Arbitraries.of("a@b.c", "山田 <y@例え.jp>").injectNull(0.5);
        Arbitrary<List<String>> replyTo =
                Arbitraries.of("a@b.c", "山田 <y@例え.jp>").list().ofMaxSize(2);
        Arbitrary<String> html = anyText().filter(s -> !s.contains("${")).injectNull(0.5);
        Arbitrary<String> files = Arbitraries.of("sign.txt", "/a b.html").injectNull(0.5);
        Arbitrary<MailExtras.Importance> importance = Arbitraries.of(MailExtras.Importance.class);
        Arbitrary<IfRefused> rule = Arbitraries.of(IfRefused.class).injectNull(0.5);
        return Combinators.combine(from, replyTo, html, files, files, importance, files, rule)
                .as((f, r, h, file, sign, i, list, refused) -> new MailExtras(
                        f,
                        r,
                        h,
                        h == null ? file : null,
                        sign,
                        i,
                        list,
                        refused,
                        i == MailExtras.Importance.HIGH ? MailExtras.EndsAt.QUEUED : MailExtras.EndsAt.LEFT,
                        null,
                        null,
                        h == null && file == null ? sign : null));
    }

    private static Arbitrary<List<String>> texts() {
        return anyText().filter(t -> !t.isBlank()).list().ofMaxSize(4);
    }

    /** Everything that has a meaning for YAML, invisible characters, line ends, and plain text. */
    private static Arbitrary<String> anyText() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a", "Z", "0", "10", "1.5", "true", "No", "null", "~", " ", "  ", "\n", "\n\n", "\r", "\r\n", "\t", ":",
                ": ", " #", "#", "-", "- ", "?", "|", ">", "&", "*", "!", "%", "@", "`", "'", "\"", "\\", "[", "]", "{",
                "}", ",", "=", "<<", "---", "...", "\u0007", "\u0085", "\u00a0", "\u2028", "\ufeff", "\u200b", "日本",
                "é", "😀", "\u007f", "$", "$$");
        return Arbitraries.oneOf(
                        pieces.list().ofMaxSize(8).map(list -> String.join("", list)),
                        Arbitraries.of("line one\nline two\n", "x"))
                .filter(t -> !t.contains("${") && !t.contains("$${"));
    }

    @Test
    void exampleIsWrittenInTheOrderOfTheDocuments() {
        Jobnet jobnet = ((DefinitionReading.Read) DefinitionYaml.read("x", DefinitionYamlTest.ORDER_INTAKE)).jobnet();
        assertThat(DefinitionYaml.write(jobnet)).isEqualTo("""
                version: 1
                jobnet: /sales/order-intake
                start:
                  receive-mail:
                    profile: orders
                    from: [edi@customer.example]
                    subject: [注文書]
                jobs:
                  load:
                    command: [./load.sh, "${start.attachments}"]
                    timeout: 10m
                  approve:
                    needs: [load]
                    receive-mail:
                      profile: orders
                      from: [boss@example.jp]
                      subject: [承認]
                      save:
                        to: approvals
                      after-receive: ["move:Done"]
                    timeout: 8h
                    on-timeout: warning
                  reply:
                    needs: [approve]
                    send-mail:
                      profile: orders
                      to: ["${start.from}"]
                      subject: "Re: ${start.subject}"
                      text-file: reply.txt
                      attach: ["out/*.pdf"]
                """);
    }

    @Test
    void textOfSeveralLinesStaysReadable() {
        String text = """
                version: 1
                jobnet: /a
                jobs:
                  b:
                    send-mail:
                      profile: p
                      to: [a@b]
                      text: |
                        Good day,

                          the end
                """;
        Jobnet jobnet = ((DefinitionReading.Read) DefinitionYaml.read("x", text)).jobnet();
        assertThat(((SendMail) jobnet.job("b").work()).text()).isEqualTo("Good day,\n\n  the end\n");
        assertThat(DefinitionYaml.write(jobnet)).isEqualTo(text);
    }
}
