package ekiden.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Tests that would not run, or would be skipped. */
public final class TestRules {
    private static final Set<String> TEST_MARKS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example");

    private TestRules() {}

    /** {@return tests of the file that are switched off or in a class that nobody starts} */
    public static List<Finding> check(Source source) {
        List<Finding> findings = new ArrayList<>();
        for (Tree type : source.tree().getTypeDecls()) {
            if (type instanceof ClassTree top) {
                new Scan(source, top, findings).scan(top, null);
            }
        }
        return findings;
    }

    private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Source source;
        private final ClassTree top;
        private final List<Finding> findings;

        Scan(Source source, ClassTree top, List<Finding> findings) {
            this.source = source;
            this.top = top;
            this.findings = findings;
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree mark, @Nullable Void none) {
            String name = simple(mark.getAnnotationType());
            if (name.startsWith("Disabled") || name.startsWith("Enabled")) {
                findings.add(source.finding(mark, "@" + name + " is banned; instead: make it pass, or remove it"));
            }
            return super.visitAnnotation(mark, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
            String name = simple(call.getMethodSelect());
            if (Set.of("assumeTrue", "assumeFalse", "assumeThat", "assumingThat")
                    .contains(name)) {
                findings.add(source.finding(call, name + " is banned; instead: fail with what is missing"));
            }
            return super.visitMethodInvocation(call, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
            boolean test = method.getModifiers().getAnnotations().stream()
                    .anyMatch(mark -> TEST_MARKS.contains(simple(mark.getAnnotationType())));
            if (test && !started()) {
                findings.add(source.finding(
                        method,
                        top.getSimpleName() + " is never started: call it ...Test (unit) or ...IT (servers), or a "
                                + "contract: abstract or an interface, ...Contract"));
            }
            return super.visitMethod(method, null);
        }

        private boolean started() {
            String name = top.getSimpleName().toString();
            boolean abstracted = top.getKind() == Tree.Kind.INTERFACE
                    || top.getModifiers().getFlags().contains(Modifier.ABSTRACT);
            return name.endsWith("Test") || name.endsWith("IT") || (name.endsWith("Contract") && abstracted);
        }

        private static String simple(Tree name) {
            String text = name instanceof IdentifierTree one ? one.getName().toString() : name.toString();
            return text.substring(text.lastIndexOf('.') + 1);
        }
    }
}
