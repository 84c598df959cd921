export { ClientWidgetApi, OpenIDRequestState, Widget, WidgetApi, WidgetDriver } from "matrix-widget-api";
