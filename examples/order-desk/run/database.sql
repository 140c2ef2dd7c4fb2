create table passages (body text);
insert into passages values
  ('A parcel that is late for two working days is searched for; ask for a search by its order number.'),
  ('Parcels are delivered from Monday to Saturday between 8 and 18 o''clock.'),
  ('An order can be sent to another address until it is on its way.');
create table orders (id text primary key, state text);
insert into orders values ('4711', 'on its way since Monday'), ('4712', 'waiting at the shop around the corner');
