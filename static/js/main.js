// What pages do beyond HTML. Every element only improves what already works without it. (Imports end in a semicolon: only
// those are given their hashed names when static files are collected.)
import "./elements/copy-button.js";
import "./elements/draft-keeper.js";
import "./elements/drop-menu.js";
import "./elements/grow-field.js";
import { keepTimesTrue } from "./times.js";

keepTimesTrue()
