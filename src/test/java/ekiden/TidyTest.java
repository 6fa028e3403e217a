package ekiden;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.tidy.BannedCalls;
import ekiden.tidy.Finding;
import ekiden.tidy.Messages;
import ekiden.tidy.Packages;
import ekiden.tidy.Repository;
import ekiden.tidy.Shape;
import ekiden.tidy.Source;
import ekiden.tidy.TestRules;
import ekiden.tidy.Texts;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The house rules on this very repository. */
class TidyTest {
    private static final Repository REPOSITORY = Repository.read();

    @Test
    void noBannedCalls() {
        none(each(REPOSITORY.sources(), BannedCalls::check));
    }

    @Test
    void filesAndMethodsKeepTheirLimits() {
        none(each(REPOSITORY.sources(), Shape::check));
    }

    @Test
    void everyTestRuns() {
        none(each(REPOSITORY.tests(), TestRules::check));
    }

    @Test
    void everyPackageSaysWhatItDoes() {
        none(Packages.check(REPOSITORY.main()));
    }

    @Test
    void everyPublicTypeSaysWhatItIs() {
        none(each(REPOSITORY.main(), Packages::comments));
    }

    @Test
    void nothingIsMarkedUnfinished() {
        none(eachText("", Texts::unfinished));
    }

    @Test
    void nothingNamesOneMachine() {
        none(eachText("", Texts::machine));
    }

    @Test
    void everyMarkdownFileHasOneTitle() {
        none(eachText(".md", Texts::headings));
    }

    @Test
    void everyDecisionRecordHasItsNumber() {
        List<String> records = REPOSITORY.texts().keySet().stream()
                .filter(path -> path.startsWith("docs/adr/"))
                .toList();
        assertThat(records).isNotEmpty();
        none(Texts.decisions(records));
    }

    @Test
    void everyMessageIsCompleteInBothLanguages() {
        List<MessageId> ids = REPOSITORY.messageIds();
        assertThat(ids).isNotEmpty();
        none(Messages.check(ids, REPOSITORY.messageTexts()));
    }

    private static List<Finding> each(List<Source> sources, Function<Source, List<Finding>> rule) {
        assertThat(sources).isNotEmpty();
        return sources.stream().flatMap(source -> rule.apply(source).stream()).toList();
    }

    private static List<Finding> eachText(String ending, BiFunction<String, String, List<Finding>> rule) {
        return REPOSITORY.texts().entrySet().stream()
                .filter(file -> file.getKey().endsWith(ending))
                .flatMap(file -> rule.apply(file.getKey(), file.getValue()).stream())
                .toList();
    }

    private static void none(List<Finding> findings) {
        assertThat(findings).as("%d findings", findings.size()).isEmpty();
    }
}
