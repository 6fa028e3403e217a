package ekiden.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.definition.DefinitionReading;
import ekiden.definition.JobnetTree;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.SendMail;
import org.junit.jupiter.api.Test;

/** Mails whose text is a file with values of the run. */
class MailTemplateYamlTest {
    private static DefinitionReading read(String mail) {
        return DefinitionYaml.read(
                "a.yaml",
                "version: 1\njobnet: /a/b\nstart: {receive-mail: {profile: p, subject: [x]}}\njobs:\n"
                        + "  a: {send-mail: {profile: p, to: a@b, " + mail + "}}\n");
    }

    private static String id(String mail) {
        DefinitionReading.Wrong wrong = (DefinitionReading.Wrong) read(mail);
        assertThat(wrong.problems()).hasSize(1);
        return wrong.problems().getFirst().id();
    }

    @Test
    void templatesStandAlone() {
        DefinitionReading reading = read("text-template: 't-${run.number}.txt', html-template: t.html");
        MailExtras extras =
                ((SendMail) ((DefinitionReading.Read) reading).jobnet().job("a").work()).extras();
        assertThat(extras.textTemplate()).isEqualTo("t-${run.number}.txt");
        assertThat(extras.htmlTemplate()).isEqualTo("t.html");
        assertThat(JobnetTree.of(((DefinitionReading.Read) reading).jobnet()).toString())
                .contains("text-template=t-${run.number}.txt", "html-template=t.html");
        assertThat(id("text: x, text-template: t.txt")).isEqualTo("EKDU0028-E");
        assertThat(id("html-file: x, html-template: t.html")).isEqualTo("EKDU0028-E");
    }

    @Test
    void noMailChoosesThem() {
        assertThat(id("text-template: '${start.subject}.txt'")).isEqualTo("EKDM0679-E");
        assertThat(id("html-template: '${start.folder}/t.html'")).isEqualTo("EKDM0679-E");
        assertThat(id("text-template: '${run.folder}/start/body.txt'")).isEqualTo("EKDM0679-E");
    }
}
