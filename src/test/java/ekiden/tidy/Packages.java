package ekiden.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/** Every package says what it does; every public type has a comment. */
public final class Packages {
    private Packages() {}

    /** {@return packages without a package-info that is null-marked and has a comment} */
    public static List<Finding> check(List<Source> sources) {
        Map<String, Finding> missing = new TreeMap<>();
        for (Source source : sources) {
            String folder = source.path().substring(0, source.path().lastIndexOf('/'));
            missing.put(folder, new Finding(folder, "has no package-info.java with a comment and @NullMarked"));
        }
        for (Source source : sources) {
            if (source.path().endsWith("/package-info.java")
                    && source.text().contains("@NullMarked")
                    && source.text().contains("/**")) {
                missing.remove(source.path().substring(0, source.path().lastIndexOf('/')));
            }
        }
        return List.copyOf(missing.values());
    }

    /** {@return public top-level types without a comment} */
    public static List<Finding> comments(Source source) {
        List<Finding> findings = new ArrayList<>();
        for (Tree type : source.tree().getTypeDecls()) {
            if (type instanceof ClassTree top
                    && top.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && !commented(source, top)) {
                findings.add(
                        source.finding(top, "public " + top.getSimpleName() + " has no comment that says what it is"));
            }
        }
        return findings;
    }

    private static boolean commented(Source source, ClassTree type) {
        String before = source.text()
                .substring(0, (int) source.positions().getStartPosition(source.tree(), type))
                .strip();
        return before.endsWith("*/") && before.lastIndexOf("/**") > before.lastIndexOf("/*", before.length() - 3) - 1;
    }
}
