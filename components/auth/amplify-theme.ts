// The parts of Amplify's style sheet that the form uses, in its order, then our own on top of them.

import "@aws-amplify/ui-react/styles/base.css";
import "@aws-amplify/ui-react/styles/flex.css";
import "@aws-amplify/ui-react/styles/button.css";
import "@aws-amplify/ui-react/styles/field.css";
import "@aws-amplify/ui-react/styles/fieldGroup.css";
import "@aws-amplify/ui-react/styles/fieldset.css";
import "@aws-amplify/ui-react/styles/heading.css";
import "@aws-amplify/ui-react/styles/icon.css";
import "@aws-amplify/ui-react/styles/input.css";
import "@aws-amplify/ui-react/styles/alert.css";
import "@aws-amplify/ui-react/styles/loader.css";
import "@aws-amplify/ui-react/styles/passwordField.css";
import "@aws-amplify/ui-react/styles/tabs.css";
import "@aws-amplify/ui-react/styles/text.css";
import "@aws-amplify/ui-react/styles/textField.css";
import "@aws-amplify/ui-react/styles/visuallyHidden.css";
import "@aws-amplify/ui-react/styles/authenticator.css";
import "./amplify-theme.css";
