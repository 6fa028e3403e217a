package ekiden.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private record Id(String id) implements MessageId {
        @Override
        public Kind kind() {
            return Kind.PERMANENT;
        }

        @Override
        public ExitCode exit() {
            return ExitCode.USAGE;
        }
    }

    private static final List<Id> ONE = List.of(new Id("EKDM0001-E"));

    @Test
    void completeTexts() {
        assertThat(Messages.check(ONE, texts())).isEmpty();
    }

    @Test
    void aTextMissingInOneLanguage() {
        for (String part : List.of("text", "cause", "next")) {
            var texts = texts();
            of(texts, "ja").remove("EKDM0001-E." + part);
            assertThat(Messages.check(ONE, texts)).hasSize(1);
            of(texts, "en").put("EKDM0001-E." + part, "  ");
            assertThat(Messages.check(ONE, texts)).singleElement().asString().contains("en " + part, "ja " + part);
        }
    }

    @Test
    void aTextOfNoMessage() {
        var texts = texts();
        of(texts, "en").put("EKDM0002-E.text", "left over");
        of(texts, "ja").put("EKDM0001-E.hint", "unknown part");
        assertThat(Messages.check(ONE, texts)).hasSize(2);
    }

    @Test
    void anIdThatIsTakenTwiceOrHasAnotherForm() {
        assertThat(Messages.check(List.of(ONE.getFirst(), ONE.getFirst()), texts()))
                .hasSize(1);
        assertThat(Messages.check(List.of(new Id("M1")), texts())).hasSizeGreaterThan(1);
    }

    @Test
    void holesThatOneLanguageLacks() {
        var texts = texts();
        of(texts, "ja").put("EKDM0001-E.text", "穴なし");
        assertThat(Messages.check(ONE, texts)).hasSize(1);
    }

    @Test
    void aKeyThatStandsTwiceInAFileStaysVisible() {
        assertThat(Repository.load("a.text=1\na.text=2\n")).containsKey("twice:a.text");
    }

    private static Map<String, String> of(Map<String, Map<String, String>> texts, String language) {
        return texts.getOrDefault(language, Map.of());
    }

    private static Map<String, Map<String, String>> texts() {
        Map<String, Map<String, String>> texts = new HashMap<>();
        for (String language : Messages.LANGUAGES) {
            Map<String, String> of = new HashMap<>();
            of.put("EKDM0001-E.text", "profile {profile}");
            of.put("EKDM0001-E.cause", "cause");
            of.put("EKDM0001-E.next", "next");
            texts.put(language, of);
        }
        return texts;
    }
}
