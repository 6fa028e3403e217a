package ekiden.model.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
    private static String id(int number) {
        return "<m" + number + "@x>";
    }

    private static String ids(int count) {
        return IntStream.range(0, count).mapToObj(MessageIdsTest::id).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a@b", "<>", "<@b>", "<ab>", "<a b@c>", "<a@b>x", "<a@\r\nBcc:b>", "<<a@b>", "<山@b>", "<a@b"
            })
    void whatWouldBreakAHeaderIsNoId(String id) {
        assertThat(MessageIds.valid(id)).isFalse();
    }

    @Test
    void anIdIsOfSoManyCharactersAtMost() {
        String longest = "<a@" + "b".repeat(MessageIds.MAX_CHARS - 4) + ">";
        assertThat(MessageIds.valid(longest)).isTrue();
        assertThat(MessageIds.valid(longest.replace("a@", "aa@"))).isFalse();
    }

    @Test
    void idsAreFoundBetweenCommentsAndWhatIsNoneIsLeftOut() {
        assertThat(MessageIds.in("<1@x>(first)<2@x>, <bad> junk <3@\r\n x> <4@x"))
                .containsExactly("<1@x>", "<2@x>", "<3@x>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "(see <9@x>) <1@x>                       | <1@x>",
                "<1@x> (a (b <8@x>) <9@x>) <2@x>         | <1@x> <2@x>",
                "<1@x> (a \\) <9@x>) <2@x>               | <1@x> <2@x>",
                "Message of \"Taro <9@x>\" <1@x>          | <1@x>",
                "Message of \"a \\\" <9@x>\" <1@x>        | <1@x>",
                "(\") <1@x> (\")                          | <1@x>",
                "<1(a@x> (b) <2@x>                       | <1(a@x> <2@x>",
                "<1 <2@x>                                | <2@x>"
            })
    void idsInCommentsAndInQuotesAreNone(String field, String ids) {
        assertThat(String.join(" ", MessageIds.in(field))).isEqualTo(ids);
        assertThat(String.join(" ", MessageIds.thread(field, ""))).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<1@x> :-( <2@x>", "<1@x> \" <2@x>", "(( (<1@x> <2@x>", "<1@x> (\\) <2@x>", "<1@x> <2@x> \\"})
    void aCommentThatDoesNotEndTakesNoIdAway(String field) {
        assertThat(MessageIds.in(field)).containsExactly("<1@x>", "<2@x>");
    }

    @Test
    @Timeout(20)
    void aRowOfOpenBracketsTakesOnePass() {
        int many = 1 << 20;
        assertThat(MessageIds.in("(".repeat(many) + "\"".repeat(many + 1) + "<".repeat(many) + "1@x>"))
                .containsExactly("<1@x>");
    }

    @Test
    void theThreadIsItsReferencesElseTheOneMailItAnswers() {
        assertThat(MessageIds.thread("<1@x> <2@x>", "<9@x>")).containsExactly("<1@x>", "<2@x>");
        assertThat(MessageIds.thread("", "<9@x>")).containsExactly("<9@x>");
        assertThat(MessageIds.thread("", "<8@x> <9@x>")).isEmpty();
        assertThat(MessageIds.thread("<no id>", "<9@x>")).isEmpty();
        assertThat(MessageIds.thread("", "")).isEmpty();
    }

    @Test
    void ofALongThreadTheFirstAndTheLatestStay() {
        int most = MessageIds.MAX_THREAD;
        assertThat(MessageIds.thread(ids(most), "")).hasSize(most);
        List<String> cut = MessageIds.thread(ids(most + 1), "");
        assertThat(cut).hasSize(most).startsWith(id(0), id(2)).endsWith(id(most));
    }
}
