package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.definition.TemplateLimits;
import ekiden.link.Assignment;
import ekiden.mail.send.DraftExtras;
import ekiden.model.definition.MailExtras;
import ekiden.testing.Extras;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailTemplatesTest {
    private static final Map<String, List<String>> VALUES = Map.of(
            "run.number", List.of("7"),
            "start.subject", List.of("<b>\"${unit}\"\r\nBcc: x"),
            "start.to", List.of("a@x", "b@x"),
            "start.from", List.of("${run.number}"),
            "load.stdout", List.of("x".repeat(TemplateLimits.DEFAULT.value())),
            "start.body", List.of("x".repeat(TemplateLimits.DEFAULT.value() + 1)),
            "start.attachments", List.of());

    private static Assignment.SubmitMail mail(@Nullable String text, @Nullable String html) {
        MailExtras extras = Extras.templates(text, html);
        return new Assignment.SubmitMail(
                AgentRig.attempt("a"),
                "orders",
                List.of("a@x"),
                List.of(),
                List.of(),
                "s",
                null,
                null,
                List.of(),
                "/work",
                "<a@localhost>",
                Instant.EPOCH,
                null,
                List.of(),
                extras,
                VALUES,
                List.of());
    }

    private static Result<String> text(String content) {
        Assignment.SubmitMail mail = mail("/d/text", null);
        MailTemplates templates = new MailTemplates(mail, file -> Result.ok(content));
        return templates.text(new DraftExtras(mail.extras(), file -> Result.failed(AgentMessage.TEXT_FILE)));
    }

    private static Problem problem(Result<?> result) {
        return ((Result.Failed<?>) result).problem();
    }

    @Test
    void valuesStandInTheTextAndAreNotLookedAtAgain() {
        assertThat(text("Run ${run.number}: ${start.from} to ${start.to} [${start.attachments}] $${x} $5\n"))
                .isEqualTo(Result.ok("Run 7: ${run.number} to a@x, b@x [] ${x} $5\n"));
        assertThat(text("${start.subject}")).isEqualTo(Result.ok("<b>\"${unit}\"  Bcc: x"));
    }

    @Test
    void markupOfValuesIsShownAsItIs() {
        MailTemplates templates =
                new MailTemplates(mail(null, "/d/html"), file -> Result.ok("<p>${start.subject}</p>"));
        assertThat(((Result.Ok<MailExtras>) templates.html()).value().html())
                .isEqualTo("<p>&lt;b&gt;&quot;${unit}&quot;  Bcc: x</p>");
    }

    @Test
    void whatHasNoValueIsNamedWithItsFile() {
        Problem problem = problem(text("a ${start.subjekt} b"));
        assertThat(problem.id()).isEqualTo("EKDM0678-E");
        assertThat(problem.values()).containsEntry("file", "/d/text").containsEntry("found", "start.subjekt");
        assertThat(Objects.requireNonNull(problem.values().get("expected"))).contains("start.subject");
        assertThat(problem(text("a ${open")).id()).isEqualTo("EKDM0678-E");
    }

    @Test
    void aValueAndATextThatAreOneTooLongAreToldWithTheirFile() {
        int most = TemplateLimits.DEFAULT.text();
        String rest = "y".repeat(most - TemplateLimits.DEFAULT.value());
        assertThat(((Result.Ok<String>) text(rest + "${load.stdout}")).value()).hasSize(most);
        assertThat(problem(text(rest + "y${load.stdout}")).values())
                .containsEntry("file", "/d/text")
                .containsEntry("name", "*")
                .containsEntry("found", Integer.toString(most + 1));
        Problem value = problem(text("${start.body}"));
        assertThat(value.id()).isEqualTo("EKDM0685-E");
        assertThat(value.values()).containsEntry("name", "start.body").containsEntry("expected", "8192");
    }

    @Test
    void aFileThatIsNotThereIsToldAsSuch() {
        MailTemplates templates =
                new MailTemplates(mail(null, "/d/html"), file -> Result.failed(AgentMessage.TEXT_FILE, "file", file));
        assertThat(problem(templates.html()).id()).isEqualTo("EKDA0013-E");
    }
}
