// One address for each kind of page of the catalogue, on the sample of MARC records with its store of records.


export const kinds = [
  "/library",
  "/search?q=peer+gynt",
  "/doc/hub/marc-sample/a2eb7fefb4eccce64c6f",
  "/doc/work/marc-sample/nbkg0005",
  "/doc/work/marc-sample/9be47dfc596d22d983ca",
  "/doc/instance/marc-sample/nbkg0036",
  "/doc/instance/marc-sample/nbkg0025",
  "/doc/agent/noraf-90052521",
  "/doc/concept/bibbi/1112300",
  "/doc/concept/ntsf/258",
  "/doc/place/marc-sample/b832e938ec8b608ee59d",
  "/doc/record/marc-sample/nbkg0036",
  "/doc/record/marc-sample/nbkg0005",
  "/graph/catalogue/marc-sample",
  "/dataset/catalogues/marc-sample",
];
