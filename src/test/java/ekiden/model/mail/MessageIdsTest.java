package ekiden.model.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
