package ekiden.definition;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.NamePattern;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import ekiden.model.mail.Address;
import ekiden.model.mail.MailSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final TemplateLimits LIMITS = new TemplateLimits(20, 40, 3, 60);
    private static final MailSummary MAIL = new MailSummary(
            List.of(new Address("A", "a@b"), new Address(null, "c@d")),
            List.of(new Address(null, "x@y"), new Address(null, "z@y")),
            List.of(),
            "one\r\ntwo/../\b\f$(x) ${unit}",
            Instant.parse("2026-11-23T10:00:00Z"),
            null,
            List.of(),
            List.of(),
            null,
            null,
            List.of());
    private static final Values VALUES = Values.NONE
            .withMail(
                    "start", MAIL, new Values.MailFiles("/m", "/m/b", "/m/l", "/m/j", "/m/r", List.of("/m/1", "/m/2")))
            .with("run.folder", "/srv/r")
            .with("short", "s");

    private static String filled(String text) {
        return ((Result.Ok<String>) Template.expand(text, VALUES, TemplateLimits.DEFAULT)).value();
    }

    private static Problem problem(Result<?> result) {
        return ((Result.Failed<?>) result).problem();
    }

    @Test
    void valuesFillHolesAndDoubledDollarsStay() {
        assertThat(filled("")).isEmpty();
        assertThat(filled("$ $$ $x ${short}${short} $${short} $$${short}")).isEqualTo("$ $$ $x ss ${short} $${short}");
        assertThat(filled("[${start.from}] [${start.date}] [${start.message-id}]"))
                .isEqualTo("[a@b] [2026-11-23T10:00:00Z] []");
        assertThat(filled("${start.to}")).isEqualTo("x@y, z@y");
    }

    @Test
    void controlCharactersBecomeBlanksAndValuesAreNotReadAgain() {
        assertThat(filled("${start.subject}")).isEqualTo("one  two/../  $(x) ${unit}");
    }

    @Test
    void textWithoutAClosingBraceOrANameIsNoTemplate() {
        for (String wrong : List.of("${", "${}", "a ${b c}", "${a", "${" + "a".repeat(101) + "}", "${a${b}}")) {
            assertThat(problem(Template.parse(wrong)).id()).isEqualTo("EKDU0032-E");
        }
    }

    @Test
    void valueThatIsMissingIsNamed() {
        Problem problem = problem(Template.expand("x ${load.stdout}", VALUES, LIMITS));
        assertThat(problem.id()).isEqualTo("EKDU0050-E");
        assertThat(problem.values()).containsEntry("name", "load.stdout");
    }

    @Test
    void listThatIsAWholeArgumentBecomesAsManyArguments() {
        assertThat(Template.expandArguments(List.of("x", "${start.attachments}", "y"), VALUES, TemplateLimits.DEFAULT))
                .isEqualTo(Result.ok(List.of("x", "/m/1", "/m/2", "y")));
        Values none = VALUES.withMail(
                "start", MailSummary.UNREADABLE, new Values.MailFiles("f", "b", "l", "j", "m", List.of()));
        assertThat(Template.expandArguments(List.of("x", "${start.attachments}"), none, LIMITS))
                .isEqualTo(Result.ok(List.of("x")));
    }

    @Test
    void textFromOutsideIsOnePieceOfAPath() {
        assertThat(Template.expandPath("in/${start.subject}/x", VALUES, TemplateLimits.DEFAULT))
                .isEqualTo(Result.ok("in/one  two_.._  $(x) $_unit_/x"));
        for (String hostile : List.of("..", ".", "", " .. ", "\u0000")) {
            Values values = VALUES.with("start.subject", hostile);
            assertThat(Template.expandPath("in/${start.subject}", values, LIMITS))
                    .isEqualTo(Result.ok("in/_"));
        }
        assertThat(Template.expandPath("${run.folder}/x", VALUES, LIMITS)).isEqualTo(Result.ok("/srv/r/x"));
        Values drive = VALUES.with("start.subject", "C:\\x*");
        assertThat(Template.expandPaths(List.of("${start.subject}", "${start.attachments}"), drive, LIMITS))
                .isEqualTo(Result.ok(List.of("C__x_", "/m/1", "/m/2")));
    }

    @Test
    void noNameThatAValueMakesIsOneOfOurOwn() {
        for (String hostile : List.of(
                ".ekiden-abcdef0123456789abcdef01.old-Order",
                ".EKIDEN-x",
                "\u200b.ekiden-x",
                ".e\u212Aiden-x",
                "\u00a0 .ekiden-x")) {
            Values values = VALUES.with("v", hostile).with("a", "ekiden-x").with("b", "den-x");
            for (String text : List.of("in/${v}", "in/${v}/x", "${v}", "in/.${a}", ".eki${b}/x", "in/ ${v}x")) {
                for (Result<String> filled : List.of(
                        Template.expandPath(text, values, TemplateLimits.DEFAULT),
                        Template.expandNames(text, values, TemplateLimits.DEFAULT))) {
                    assertThat(((Result.Ok<String>) filled).value().split("/"))
                            .as(text)
                            .noneMatch(NamePattern::own)
                            .anyMatch(name -> name.startsWith("_"));
                }
            }
            Values many = new Values(Map.of("w.to", new Values.Many(List.of(hostile, "b"))));
            assertThat(Template.expandPaths(List.of("${w.to}"), many, TemplateLimits.DEFAULT))
                    .isInstanceOfSatisfying(
                            Result.Ok.class,
                            ok -> assertThat(ok.value().toString())
                                    .startsWith("[_")
                                    .endsWith(", b]"));
        }
        Values ours = VALUES.with("run.folder", "/home/.ekiden-x/r");
        assertThat(Template.expandPath("${run.folder}/${short}.ekiden-x", ours, TemplateLimits.DEFAULT))
                .isEqualTo(Result.ok("/home/.ekiden-x/r/s.ekiden-x"));
    }

    @Test
    void limitsHoldAndOneMoreIsTold() {
        String twenty = "a".repeat(20);
        assertThat(Template.expand("${v}", Values.NONE.with("v", twenty), LIMITS))
                .isEqualTo(Result.ok(twenty));
        assertThat(problem(Template.expand("${v}", Values.NONE.with("v", twenty + "a"), LIMITS))
                        .id())
                .isEqualTo("EKDU0051-E");
        assertThat(Template.expand("a".repeat(40), Values.NONE, LIMITS)).isInstanceOf(Result.Ok.class);
        assertThat(problem(Template.expand("a".repeat(41), Values.NONE, LIMITS)).id())
                .isEqualTo("EKDU0051-E");
        assertThat(Template.expandArguments(List.of(twenty, twenty, twenty), Values.NONE, LIMITS))
                .isInstanceOf(Result.Ok.class);
        assertThat(problem(Template.expandArguments(List.of(twenty, twenty, twenty + "a"), Values.NONE, LIMITS))
                        .id())
                .isEqualTo("EKDU0051-E");
        assertThat(problem(Template.expandArguments(List.of("a", "b", "c", "d"), Values.NONE, LIMITS))
                        .id())
                .isEqualTo("EKDU0051-E");
        Values.Many tooLong = new Values.Many(List.of("a".repeat(21)));
        assertThat(problem(Template.expandArguments(List.of("${v}"), new Values(Map.of("v", tooLong)), LIMITS))
                        .id())
                .isEqualTo("EKDU0051-E");
    }

    @Test
    void wholeJobsAreFilled() {
        Work command = new RunCommand(
                List.of("./x", "${start.attachments}"), Map.of("S", "${start.from}"), "${run.folder}/w", 0, 1);
        assertThat(Expansion.of(command, VALUES, TemplateLimits.DEFAULT))
                .isEqualTo(Result.ok(
                        new RunCommand(List.of("./x", "/m/1", "/m/2"), Map.of("S", "a@b"), "/srv/r/w", 0, 1)));
        Work send = new SendMail(
                "p",
                List.of("${start.to}"),
                List.of(),
                List.of(),
                "Re: ${short}",
                "${short}!",
                null,
                List.of("${start.list}"),
                MailExtras.NONE);
        assertThat(Expansion.of(send, VALUES, TemplateLimits.DEFAULT))
                .isEqualTo(Result.ok(new SendMail(
                        "p",
                        List.of("x@y", "z@y"),
                        List.of(),
                        List.of(),
                        "Re: s",
                        "s!",
                        null,
                        List.of("/m/l"),
                        MailExtras.NONE)));
    }

    @Test
    void markupOfAMailStaysTextInHtml() {
        MailExtras extras = new MailExtras(
                "${start.from}",
                List.of("${start.to}"),
                "<p>${v}</p>",
                null,
                "${start.list}",
                MailExtras.Importance.LOW);
        Values values = VALUES.with("v", "<script>\"'&");
        Work send = new SendMail("p", List.of("a@b"), List.of(), List.of(), "s", "${v}", null, List.of(), extras);
        SendMail filled = (SendMail) ((Result.Ok<Work>) Expansion.of(send, values, TemplateLimits.DEFAULT)).value();
        assertThat(filled.text()).isEqualTo("<script>\"'&");
        assertThat(filled.extras())
                .isEqualTo(new MailExtras(
                        "a@b",
                        List.of("x@y", "z@y"),
                        "<p>&lt;script&gt;&quot;&#39;&amp;</p>",
                        null,
                        "/m/l",
                        MailExtras.Importance.LOW));
    }

    @Test
    void conditionThatBecomesEmptyWouldTakeEveryMailAndIsTold() {
        Work receive = new ReceiveMail(
                "p",
                new Conditions(List.of(), List.of("fixed", "${start.message-id}"), List.of()),
                new SaveRule("a/${start.from}", null, null, null, true, null),
                AfterReceive.READ,
                ReceiveMail.ClaimRule.ALL,
                5);
        assertThat(problem(Expansion.of(receive, VALUES, LIMITS)).id()).isEqualTo("EKDU0052-E");
        Result<Work> filled = Expansion.of(receive, VALUES.with("start.message-id", "<1@x>"), LIMITS);
        assertThat(((ReceiveMail) ((Result.Ok<Work>) filled).value()).save().to())
                .isEqualTo("a/a@b");
    }

    @Test
    void firstProblemOfAJobIsToldWhateverFollows() {
        Work send = new SendMail(
                "p", List.of("a@b"), List.of(), List.of(), "${no.a}", "${no.b}", null, List.of(), MailExtras.NONE);
        assertThat(problem(Expansion.of(send, VALUES, LIMITS)).values()).containsEntry("name", "no.a");
    }
}
