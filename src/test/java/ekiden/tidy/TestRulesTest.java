package ekiden.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestRulesTest {
    @Test
    void aTestThatIsSwitchedOff() {
        assertThat(check("class XTest { @Disabled @Test void x() {} }")).hasSize(1);
        assertThat(check("@org.junit.jupiter.api.Disabled(\"later\") class XTest {}"))
                .hasSize(1);
        assertThat(check("@EnabledOnOs(LINUX) class XTest {}")).hasSize(1);
        assertThat(check("class XTest { @Test void x() { assumeTrue(false); } }"))
                .hasSize(1);
        assertThat(check("class XTest { @Test void x() { Assumptions.assumeTrue(false); } }"))
                .hasSize(1);
    }

    @Test
    void aTestThatNobodyStarts() {
        assertThat(check("class XTests { @Test void x() {} }")).hasSize(1);
        assertThat(check("class XProperties { @Property void x() {} }")).hasSize(1);
        assertThat(check("class XContract { @Test void x() {} }")).hasSize(1);
    }

    @Test
    void testsThatRun() {
        assertThat(check("class XTest { @Test void x() {} @Nested class Y { @Test void y() {} } }"))
                .isEmpty();
        assertThat(check("class XIT { @Test void x() {} }")).isEmpty();
        assertThat(check("interface XContract { @Test default void x() {} }")).isEmpty();
        assertThat(check("abstract class XContract { @Test void x() {} }")).isEmpty();
    }

    private static List<Finding> check(String text) {
        return TestRules.check(Source.sample("src/test/java/X.java", text));
    }
}
