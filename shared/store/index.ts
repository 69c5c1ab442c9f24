export { type CopyObject, copyThrough, s3Copies } from './copies.ts';
export { type PermitDownload, s3Downloads } from './downloads.ts';
export { type FileStoreOptions, fileStore } from './files/index.ts';
export { BusyError } from './files/lock.ts';
export { folderNames } from './folders.ts';
export { canonicalJson, type Json, JsonError, jsonBytes, parseJson } from './json.ts';
export { checkKey } from './key.ts';
export { checkName, datasetOf, keys, namePattern } from './keys.ts';
export { type S3StoreOptions, s3Store } from './s3.ts';
export {
  ConflictError,
  KeyError,
  type ListedObject,
  type ListOptions,
  listPage,
  type ObjectHead,
  type ObjectStore,
  type PutCondition,
  type StoredObject,
  type StreamStore,
} from './store.ts';
export { type Change, type UpdateOptions, updateObject } from './update.ts';
export { type PermitUpload, s3Uploads, type UploadPermission, type UploadRequest } from './uploads.ts';
