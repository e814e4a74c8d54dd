/** The style sheet is an import only so that vite takes it along. */
declare module '*.css';
