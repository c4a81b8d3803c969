export declare const PICTURE: string;
export declare function drawArchitecture(): string;
