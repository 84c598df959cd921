export { default } from "@frontapp/plugin-sdk";
