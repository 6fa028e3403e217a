package ekiden.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackagesTest {
    private static final Source TYPE = Source.sample("src/main/java/x/X.java", "package x;\nclass X {}");

    @Test
    void aPackageThatDoesNotSayWhatItDoes() {
        assertThat(Packages.check(List.of(TYPE))).hasSize(1);
        assertThat(Packages.check(List.of(TYPE, info("@NullMarked package x;"))))
                .hasSize(1);
        assertThat(Packages.check(List.of(TYPE, info("/** Does. */ package x;"))))
                .hasSize(1);
        assertThat(Packages.check(List.of(TYPE, info("/** Does. */ @NullMarked package x;"))))
                .isEmpty();
    }

    @Test
    void aPublicTypeWithoutComment() {
        assertThat(comments("package x;\npublic final class X {}")).hasSize(1);
        assertThat(comments("package x;\n/* no */\npublic record X() {}")).hasSize(1);
        assertThat(comments("package x;\n/** Is. */\n@Deprecated public class X {}"))
                .isEmpty();
        assertThat(comments("package x;\nclass X {}")).isEmpty();
    }

    private static List<Finding> comments(String text) {
        return Packages.comments(Source.sample("src/main/java/x/X.java", text));
    }

    private static Source info(String text) {
        return Source.sample("src/main/java/x/package-info.java", text);
    }
}
