package ekiden.definition;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.definition.yaml.DefinitionYaml;
import ekiden.model.definition.Jobnet;
import org.junit.jupiter.api.Test;

class UnitDiffTest {
    private static Jobnet read(String jobs) {
        String text = "version: 1\njobnet: /a\njobs:\n" + jobs.indent(2);
        return ((DefinitionReading.Read) DefinitionYaml.read("x", text)).jobnet();
    }

    @Test
    void differencesAreToldByKey() {
        Jobnet before = read("a: {command: [x, '1'], timeout: 10m}\nb: {needs: a, command: y}\n");
        Jobnet now = read("a: {command: [x, '2'], folder: f}\nc: {command: z}\n");
        assertThat(UnitDiff.show(UnitDiff.between(before, now))).isEqualTo("""
                ~ jobs.a.command: [x, 1] → [x, 2]
                - jobs.a.timeout: 10m
                - jobs.b.needs: [a]
                - jobs.b.command: [y]
                ~ jobs: a, b → a, c
                + jobs.a.folder: f
                + jobs.c.command: [z]
                """);
    }

    @Test
    void spellingIsNoDifference() {
        Jobnet one = read("a: {command: x, timeout: 60m}\n");
        Jobnet other = read("a:\n  timeout: '1h'\n  command: ['x']\n");
        assertThat(UnitDiff.between(one, other)).isEmpty();
        assertThat(UnitDiff.show(UnitDiff.between(one, other))).isEmpty();
    }

    @Test
    void orderOfJobsIsADifference() {
        assertThat(UnitDiff.show(UnitDiff.between(
                        read("a: {command: x}\nb: {command: x}\n"), read("b: {command: x}\na: {command: x}\n"))))
                .isEqualTo("~ jobs: a, b → b, a\n");
    }
}
