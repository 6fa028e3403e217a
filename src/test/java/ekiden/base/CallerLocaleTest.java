package ekiden.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerLocaleTest {
    @Test
    void localeOfTheCallerComesBack() {
        assertThat(restored(Map.of("LC_ALL", "C.UTF-8", "EKIDEN_LC_ALL", "ja_JP.eucJP", "LANG", "C")))
                .isEqualTo(Map.of("LC_ALL", "ja_JP.eucJP", "LANG", "C"));
    }

    @Test
    void whatWasNotThereIsNotThereAgain() {
        assertThat(restored(Map.of("LC_ALL", "C.UTF-8", "EKIDEN_LC_ALL", "", "LANG", "ja_JP.UTF-8")))
                .isEqualTo(Map.of("LANG", "ja_JP.UTF-8"));
    }

    @Test
    void withoutTheLauncherNothingChanges() {
        assertThat(restored(Map.of("LC_ALL", "ja_JP.UTF-8"))).isEqualTo(Map.of("LC_ALL", "ja_JP.UTF-8"));
    }

    private static Map<String, String> restored(Map<String, String> environment) {
        Map<String, String> mine = new HashMap<>(environment);
        CallerLocale.restore(mine);
        return mine;
    }
}
