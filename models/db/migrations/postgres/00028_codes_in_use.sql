-- +goose Up
-- Languages and countries are stored by the codes in use. Languages were also stored by
-- older ones, so that one language stood twice in lists and filters; countries also by
-- codes that are no country (EZ, UN) or no longer one (ZR). What a saved search asks is
-- fixed, and is read by the codes in use.
INSERT INTO creator_languages (creator_id, language)
SELECT creator_id, CASE language WHEN 'iw' THEN 'he' WHEN 'in' THEN 'id' WHEN 'ji' THEN 'yi' WHEN 'jw' THEN 'jv' WHEN 'mo' THEN 'ro' WHEN 'no' THEN 'nb' WHEN 'tw' THEN 'ak' END
FROM creator_languages WHERE language IN ('iw', 'in', 'ji', 'jw', 'mo', 'no', 'tw')
ON CONFLICT DO NOTHING;
DELETE FROM creator_languages WHERE language IN ('iw', 'in', 'ji', 'jw', 'mo', 'no', 'tw');

UPDATE listings SET languages = replace(languages, ',iw,', CASE WHEN languages LIKE '%,he,%' THEN ',' ELSE ',he,' END) WHERE languages LIKE '%,iw,%';
UPDATE listings SET languages = replace(languages, ',in,', CASE WHEN languages LIKE '%,id,%' THEN ',' ELSE ',id,' END) WHERE languages LIKE '%,in,%';
UPDATE listings SET languages = replace(languages, ',ji,', CASE WHEN languages LIKE '%,yi,%' THEN ',' ELSE ',yi,' END) WHERE languages LIKE '%,ji,%';
UPDATE listings SET languages = replace(languages, ',jw,', CASE WHEN languages LIKE '%,jv,%' THEN ',' ELSE ',jv,' END) WHERE languages LIKE '%,jw,%';
UPDATE listings SET languages = replace(languages, ',mo,', CASE WHEN languages LIKE '%,ro,%' THEN ',' ELSE ',ro,' END) WHERE languages LIKE '%,mo,%';
UPDATE listings SET languages = replace(languages, ',no,', CASE WHEN languages LIKE '%,nb,%' THEN ',' ELSE ',nb,' END) WHERE languages LIKE '%,no,%';
UPDATE listings SET languages = replace(languages, ',tw,', CASE WHEN languages LIKE '%,ak,%' THEN ',' ELSE ',ak,' END) WHERE languages LIKE '%,tw,%';

UPDATE brands SET country = CASE country WHEN 'BU' THEN 'MM' WHEN 'DD' THEN 'DE' WHEN 'DY' THEN 'BJ' WHEN 'FX' THEN 'FR' WHEN 'HV' THEN 'BF' WHEN 'NH' THEN 'VU' WHEN 'RH' THEN 'ZW' WHEN 'TP' THEN 'TL' WHEN 'YD' THEN 'YE' WHEN 'ZR' THEN 'CD' WHEN 'UK' THEN 'GB' WHEN 'SU' THEN 'RU' WHEN 'AC' THEN 'SH' WHEN 'TA' THEN 'SH' WHEN 'DG' THEN 'IO' WHEN 'EA' THEN 'ES' WHEN 'IC' THEN 'ES' WHEN 'JT' THEN 'UM' WHEN 'MI' THEN 'UM' WHEN 'PU' THEN 'UM' WHEN 'NQ' THEN 'AQ' WHEN 'PZ' THEN 'PA' ELSE '' END WHERE country IN ('BU', 'DD', 'DY', 'FX', 'HV', 'NH', 'RH', 'TP', 'YD', 'ZR', 'UK', 'SU', 'AC', 'TA', 'DG', 'EA', 'IC', 'JT', 'MI', 'PU', 'NQ', 'PZ', 'AN', 'CP', 'CQ', 'CS', 'CT', 'EU', 'EZ', 'FQ', 'NT', 'PC', 'QO', 'UN', 'VD', 'WK');
UPDATE brands SET legal_country = CASE legal_country WHEN 'BU' THEN 'MM' WHEN 'DD' THEN 'DE' WHEN 'DY' THEN 'BJ' WHEN 'FX' THEN 'FR' WHEN 'HV' THEN 'BF' WHEN 'NH' THEN 'VU' WHEN 'RH' THEN 'ZW' WHEN 'TP' THEN 'TL' WHEN 'YD' THEN 'YE' WHEN 'ZR' THEN 'CD' WHEN 'UK' THEN 'GB' WHEN 'SU' THEN 'RU' WHEN 'AC' THEN 'SH' WHEN 'TA' THEN 'SH' WHEN 'DG' THEN 'IO' WHEN 'EA' THEN 'ES' WHEN 'IC' THEN 'ES' WHEN 'JT' THEN 'UM' WHEN 'MI' THEN 'UM' WHEN 'PU' THEN 'UM' WHEN 'NQ' THEN 'AQ' WHEN 'PZ' THEN 'PA' ELSE '' END WHERE legal_country IN ('BU', 'DD', 'DY', 'FX', 'HV', 'NH', 'RH', 'TP', 'YD', 'ZR', 'UK', 'SU', 'AC', 'TA', 'DG', 'EA', 'IC', 'JT', 'MI', 'PU', 'NQ', 'PZ', 'AN', 'CP', 'CQ', 'CS', 'CT', 'EU', 'EZ', 'FQ', 'NT', 'PC', 'QO', 'UN', 'VD', 'WK');
UPDATE creators SET country = CASE country WHEN 'BU' THEN 'MM' WHEN 'DD' THEN 'DE' WHEN 'DY' THEN 'BJ' WHEN 'FX' THEN 'FR' WHEN 'HV' THEN 'BF' WHEN 'NH' THEN 'VU' WHEN 'RH' THEN 'ZW' WHEN 'TP' THEN 'TL' WHEN 'YD' THEN 'YE' WHEN 'ZR' THEN 'CD' WHEN 'UK' THEN 'GB' WHEN 'SU' THEN 'RU' WHEN 'AC' THEN 'SH' WHEN 'TA' THEN 'SH' WHEN 'DG' THEN 'IO' WHEN 'EA' THEN 'ES' WHEN 'IC' THEN 'ES' WHEN 'JT' THEN 'UM' WHEN 'MI' THEN 'UM' WHEN 'PU' THEN 'UM' WHEN 'NQ' THEN 'AQ' WHEN 'PZ' THEN 'PA' ELSE '' END WHERE country IN ('BU', 'DD', 'DY', 'FX', 'HV', 'NH', 'RH', 'TP', 'YD', 'ZR', 'UK', 'SU', 'AC', 'TA', 'DG', 'EA', 'IC', 'JT', 'MI', 'PU', 'NQ', 'PZ', 'AN', 'CP', 'CQ', 'CS', 'CT', 'EU', 'EZ', 'FQ', 'NT', 'PC', 'QO', 'UN', 'VD', 'WK');
UPDATE creator_accounts SET country = CASE country WHEN 'BU' THEN 'MM' WHEN 'DD' THEN 'DE' WHEN 'DY' THEN 'BJ' WHEN 'FX' THEN 'FR' WHEN 'HV' THEN 'BF' WHEN 'NH' THEN 'VU' WHEN 'RH' THEN 'ZW' WHEN 'TP' THEN 'TL' WHEN 'YD' THEN 'YE' WHEN 'ZR' THEN 'CD' WHEN 'UK' THEN 'GB' WHEN 'SU' THEN 'RU' WHEN 'AC' THEN 'SH' WHEN 'TA' THEN 'SH' WHEN 'DG' THEN 'IO' WHEN 'EA' THEN 'ES' WHEN 'IC' THEN 'ES' WHEN 'JT' THEN 'UM' WHEN 'MI' THEN 'UM' WHEN 'PU' THEN 'UM' WHEN 'NQ' THEN 'AQ' WHEN 'PZ' THEN 'PA' ELSE '' END WHERE country IN ('BU', 'DD', 'DY', 'FX', 'HV', 'NH', 'RH', 'TP', 'YD', 'ZR', 'UK', 'SU', 'AC', 'TA', 'DG', 'EA', 'IC', 'JT', 'MI', 'PU', 'NQ', 'PZ', 'AN', 'CP', 'CQ', 'CS', 'CT', 'EU', 'EZ', 'FQ', 'NT', 'PC', 'QO', 'UN', 'VD', 'WK');
UPDATE listings SET country = CASE country WHEN 'BU' THEN 'MM' WHEN 'DD' THEN 'DE' WHEN 'DY' THEN 'BJ' WHEN 'FX' THEN 'FR' WHEN 'HV' THEN 'BF' WHEN 'NH' THEN 'VU' WHEN 'RH' THEN 'ZW' WHEN 'TP' THEN 'TL' WHEN 'YD' THEN 'YE' WHEN 'ZR' THEN 'CD' WHEN 'UK' THEN 'GB' WHEN 'SU' THEN 'RU' WHEN 'AC' THEN 'SH' WHEN 'TA' THEN 'SH' WHEN 'DG' THEN 'IO' WHEN 'EA' THEN 'ES' WHEN 'IC' THEN 'ES' WHEN 'JT' THEN 'UM' WHEN 'MI' THEN 'UM' WHEN 'PU' THEN 'UM' WHEN 'NQ' THEN 'AQ' WHEN 'PZ' THEN 'PA' ELSE '' END WHERE country IN ('BU', 'DD', 'DY', 'FX', 'HV', 'NH', 'RH', 'TP', 'YD', 'ZR', 'UK', 'SU', 'AC', 'TA', 'DG', 'EA', 'IC', 'JT', 'MI', 'PU', 'NQ', 'PZ', 'AN', 'CP', 'CQ', 'CS', 'CT', 'EU', 'EZ', 'FQ', 'NT', 'PC', 'QO', 'UN', 'VD', 'WK');

-- +goose Down
-- What is stored is right for the older program too.
SELECT 1;
