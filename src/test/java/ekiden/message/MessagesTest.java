package ekiden.message;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private final Messages messages = new Messages(List.of(MessageMessage::values));

    private static Problem problem(String value) {
        return Problem.of(MessageMessage.UNKNOWN_ID, "id", value);
    }

    @Test
    void problemIsOneLineInBothLanguages() {
        assertThat(messages.render(problem("X"), Locale.ENGLISH)).isEqualTo("EKDC0190-E There is no message X.");
        assertThat(messages.render(problem("X"), Locale.JAPAN)).isEqualTo("EKDC0190-E メッセージ X はありません。");
        assertThat(messages.render(problem("X"), Locale.FRENCH)).startsWith("EKDC0190-E There");
    }

    @Test
    void whatTheSystemSaysIsTranslatedWhereItIsOneOfTheUsualPhrases() {
        Map<String, String> denied = Map.of("file", "a.yaml", "reason", "Permission denied");
        Map<String, String> odd = Map.of("file", "Permission denied", "reason", "Gremlins");
        Problem usual = new Problem("EKDC0106-E", MessageId.Kind.PERMANENT, denied);
        Problem unusual = new Problem("EKDC0106-E", MessageId.Kind.PERMANENT, odd);
        assertThat(messages.render(usual, Locale.ENGLISH)).endsWith("a.yaml cannot be read: Permission denied");
        assertThat(messages.render(usual, Locale.JAPANESE)).contains("a.yaml", "アクセス権限がありません");
        assertThat(messages.render(unusual, Locale.JAPANESE)).contains("Permission denied", "Gremlins");
    }

    @Test
    void hostileValueIsOneHarmlessLine() {
        String line =
                messages.render(problem("a\r\nEKDA0001-E\u001b[2J\u202e{id}\u2028" + "x".repeat(600)), Locale.ENGLISH);
        assertThat(line)
                .startsWith("EKDC0190-E There is no message a  EKDA0001-E [2J {id} xxx")
                .doesNotContain("\n");
        assertThat(line.length()).isLessThan(Messages.MAX_VALUE + 100);
        assertThat(line).contains("…");
    }

    @Test
    void cutNeverSplitsACharacter() {
        String value = "x".repeat(Messages.MAX_VALUE - 1) + "😀";
        assertThat(Messages.clean(value)).isEqualTo("x".repeat(Messages.MAX_VALUE - 1) + "…");
        assertThat(Messages.clean("x".repeat(Messages.MAX_VALUE))).hasSize(Messages.MAX_VALUE);
        assertThat(Messages.clean("x".repeat(Messages.MAX_VALUE + 1)))
                .hasSize(Messages.MAX_VALUE + 1)
                .endsWith("…");
    }

    @Test
    void idWithoutTextIsShownWithItsValues() {
        Problem unknown = new Problem("EKDZ9999-E", MessageId.Kind.PERMANENT, Map.of("b", "2", "a", "1\n"));
        assertThat(messages.render(unknown, Locale.ENGLISH)).isEqualTo("EKDZ9999-E {a=1 , b=2}");
        assertThat(messages.next(unknown, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void explanationTellsCauseNextStepSeverityAndExitCode() {
        Explanation explanation = messages.explain("ekdc0190", Locale.ENGLISH).orElseThrow();
        assertThat(explanation.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(explanation.show(Locale.ENGLISH)).isEqualTo("""
                EKDC0190-E There is no message {id}.

                Severity: error (the work stops)
                Cause: The id is misspelt, or it belongs to another version of Ekiden.
                Next step: Copy the id from the message, for example: ekiden explain EKDU0006-E
                Exit code: 2""");
        assertThat(messages.explain("EKDC0190-E", Locale.JAPANESE).orElseThrow().show(Locale.JAPANESE))
                .contains("対処: ");
        assertThat(messages.explain("EKDX1", Locale.ENGLISH)).isEmpty();
        assertThat(messages.explain("", Locale.ENGLISH)).isEmpty();
    }

    @Test
    void holeWithoutAValueStays() {
        Problem bare = new Problem("EKDC0190-E", MessageId.Kind.PERMANENT, Map.of());
        assertThat(messages.render(bare, Locale.ENGLISH)).isEqualTo("EKDC0190-E There is no message {id}.");
    }

    @Test
    void languageIsTheFirstThatIsSaid() {
        Map<String, String> japanese = Map.of("LANG", "ja_JP.UTF-8");
        assertThat(Languages.choose(null, null, japanese)).isEqualTo(Locale.JAPANESE);
        assertThat(Languages.choose("en", null, japanese)).isEqualTo(Locale.ENGLISH);
        assertThat(Languages.choose(null, "ja", Map.of("LANG", "C"))).isEqualTo(Locale.JAPANESE);
        assertThat(Languages.choose(null, null, Map.of("LC_ALL", "C", "LANG", "ja_JP")))
                .isEqualTo(Locale.ENGLISH);
        assertThat(Languages.choose("", null, Map.of())).isEqualTo(Locale.ENGLISH);
    }
}
